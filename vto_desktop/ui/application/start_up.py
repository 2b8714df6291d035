"""What a start leaves out until the first page is shown: a fifth of its time went there."""

import builtins
import gc


def hurry() -> None:
    """Import without what PySide6 puts before each import, and collect no garbage meanwhile.

    PySide6 reads the source of every module imported after it, to see whether it may ask for
    ``from __feature__ import``, which we never do; it keeps the import that it wrapped.
    """
    gc.disable()
    import PySide6  # noqa: F401 - wraps the import

    vars(builtins)["__import__"] = getattr(builtins, "__orig_import__", builtins.__import__)


def settle() -> None:
    """Collect garbage again, but among what comes from now on: what a start imports stays to the end."""
    gc.freeze()
    gc.enable()
