"""Whether a window can be shown at all: Qt ends the process when it cannot, so it is asked before."""

import os
import sys
from typing import Final

SCREENLESS: Final = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def missing() -> str:
    """Return, in French, what is missing to show a window, or nothing."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or platform.split(":")[0] in SCREENLESS:
        return ""
    if os.environ.get("WAYLAND_DISPLAY") and platform.split(":")[0] != "xcb":
        return ""
    if not os.environ.get("DISPLAY"):
        return "aucun écran n’est disponible ici"
    return _missing_for_x11()


def _missing_for_x11() -> str:
    import ctypes

    for library in ("libxcb.so.1", "libxcb-cursor.so.0"):
        try:
            ctypes.CDLL(library)
        except OSError:
            return f"la bibliothèque système {library} est absente (paquets libxcb1 et libxcb-cursor0)"
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"l’écran {os.environ['DISPLAY']} ne répond pas" if refused else ""
