"""The faults strike the same small dossier as the tests of the store, and the window that of the example."""

from tests.store.conftest import dossier, path, template
from tests.ui.conftest import example_file

__all__ = ["dossier", "example_file", "path", "template"]
