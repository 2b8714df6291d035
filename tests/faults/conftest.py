"""The faults strike the same small dossier as the tests of the store."""

from tests.store.conftest import dossier, path, template

__all__ = ["dossier", "path", "template"]
