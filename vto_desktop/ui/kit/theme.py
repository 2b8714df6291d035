"""The look: colour tokens of the light and dark palettes, fonts, sizes and the style sheet made of them."""

from dataclasses import dataclass, fields
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from vto_desktop.paths import resource
from vto_desktop.settings import Settings

FAMILY: Final = "Inter"
STYLES: Final = ("400Regular", "500Medium", "600SemiBold", "700Bold")
SIZE_RANGE: Final = (90, 150)


@dataclass(frozen=True)
class Tone:
    """Colours of a state chip: text, background and border; opaque, so readable on a selected row."""

    text: str
    back: str
    line: str


@dataclass(frozen=True)
class Theme:
    """All colours of one palette, by what they are for; figures of contrast stand beside the mocks."""

    name: str
    window: str
    panel: str
    field: str
    menu: str
    raised: str
    nav: str
    line: str
    row_line: str
    border: str
    text: str
    secondary: str
    accent: str
    link: str
    on_link: str
    link_hover: str
    selected: str
    hover: str
    grid: str
    track: str
    ok: Tone
    warn: Tone
    danger: Tone
    info: Tone
    neutral: Tone
    series: dict[str, str]

    def tone(self, role: str) -> Tone:
        """Return the tone named ``ok``, ``warn``, ``danger``, ``info`` or ``neutral`` (the default)."""
        found = getattr(self, role, self.neutral)
        return found if isinstance(found, Tone) else self.neutral

    def colour(self, role: str) -> str:
        """Return a colour by token name; a tone's name gives its text colour."""
        found = getattr(self, role, self.text)
        return found.text if isinstance(found, Tone) else str(found)


LIGHT: Final = Theme(
    name="light",
    window="#f3f5f8", panel="#ffffff", field="#ffffff", menu="#ffffff", raised="#ffffff", nav="#e9edf2",
    line="#d5dce4", row_line="#e6ebf0", border="#7b8796", text="#1b2430", secondary="#566273",
    accent="#1f3a5f", link="#2f5d8c", on_link="#ffffff", link_hover="#264d75", selected="#d9e6f3",
    hover="#eef3f8", grid="#e3e8ee", track="#dfe5ec",
    ok=Tone("#1b6843", "#e4f2ea", "#a9d3bd"),
    warn=Tone("#7f4c00", "#fcefd9", "#e6c68d"),
    danger=Tone("#a1262b", "#fbe7e6", "#e8b5b2"),
    info=Tone("#22517f", "#e5eef8", "#b3cce6"),
    neutral=Tone("#4a5563", "#edf0f3", "#cdd5dd"),
    series={
        "state": "#2f5d8c", "state_tint": "#6f94bb", "culture": "#8a5a83", "authorities": "#4a8f8a",
        "authorities_tint": "#86bab5", "others": "#c08335",
    },
)  # fmt: skip

DARK: Final = Theme(
    name="dark",
    window="#171b21", panel="#1f252d", field="#171b21", menu="#262d36", raised="#2a323c", nav="#1a1f26",
    line="#39434f", row_line="#2b333d", border="#78879a", text="#e6eaf0", secondary="#a4afbd",
    accent="#8fb8e3", link="#8fb8e3", on_link="#10202f", link_hover="#a9c9ea", selected="#2c435d",
    hover="#27303a", grid="#323b46", track="#39434f",
    ok=Tone("#86d3a9", "#1c3529", "#336650"),
    warn=Tone("#eec07a", "#3a2e18", "#6f5628"),
    danger=Tone("#f3a19c", "#432426", "#7d4242"),
    info=Tone("#9cc5ee", "#213449", "#3d5f83"),
    neutral=Tone("#b9c3cf", "#2c343e", "#4a5563"),
    series={
        "state": "#6b9fd4", "state_tint": "#4d79a7", "culture": "#bb8bb3", "authorities": "#62b0a8",
        "authorities_tint": "#3f7873", "others": "#dda95d",
    },
)  # fmt: skip


class _Look(QObject):
    """What is in force now; widgets that paint by hand listen to ``changed``."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.size = 100
        self.fonts_loaded = False


_look: _Look | None = None


def look() -> _Look:
    """Return the one look of the program, made at first use (a QObject needs no application)."""
    global _look  # noqa: PLW0603 - one look for the process
    if _look is None:
        _look = _Look()
    return _look


def current() -> Theme:
    """Return the palette in force."""
    return look().theme


def px(pixels: float) -> int:
    """Return a length of the mocks scaled by the text size the user chose (device scale is Qt's own work)."""
    return round(pixels * look().size / 100)


def apply(settings: Settings) -> None:
    """Dress the application: Fusion, palette, fonts and style sheet, from « apparence » and « taille ».

    ``apparence`` is ``system``, ``light`` or ``dark``; ``taille`` is a percentage from 90 to 150.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    load_fonts()
    choose(settings)
    state = look()
    if application.style().objectName() != "fusion":
        application.setStyle("Fusion")
    application.setFont(font(10))
    application.setPalette(palette(state.theme))
    application.setStyleSheet(style_sheet(state.theme))
    state.changed.emit()


def choose(settings: Settings) -> None:
    """Take the palette and size that the settings ask for, without dressing anything yet."""
    state = look()
    state.theme = _wanted(str(settings.get("apparence", "system")))
    state.size = _size(settings.get("taille", 100))


def follow_system(settings: Settings) -> None:
    """Dress the application again whenever the system turns light or dark."""
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: apply(settings))


def _wanted(name: str) -> Theme:
    if name == "dark":
        return DARK
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark and name != "light" else LIGHT


def _size(value: object) -> int:
    low, high = SIZE_RANGE
    return min(max(value, low), high) if isinstance(value, int) else 100


def load_fonts() -> None:
    """Register the shipped Inter files once; without them Qt falls back to a font of the system."""
    state = look()
    if not state.fonts_loaded:
        for style in STYLES:
            QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter_{style}.ttf")))
        state.fonts_loaded = True


def font(points: float, weight: int = 400, *, figures: bool = False) -> QFont:
    """Return Inter at ``points`` (scaled by the user's size); ``figures`` makes digits equally wide."""
    made = QFont(FAMILY)
    made.setPointSizeF(points * look().size / 100)
    made.setWeight(QFont.Weight(weight))
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme, so that what no style sheet reaches is dressed too."""
    made = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.field,
        role.AlternateBase: theme.window, role.Text: theme.text, role.Button: theme.raised,
        role.ButtonText: theme.text, role.BrightText: theme.danger.text, role.Highlight: theme.selected,
        role.HighlightedText: theme.text, role.Link: theme.link, role.LinkVisited: theme.link,
        role.ToolTipBase: theme.menu, role.ToolTipText: theme.text, role.PlaceholderText: theme.secondary,
        role.Light: theme.raised, role.Midlight: theme.line, role.Mid: theme.line, role.Dark: theme.border,
        role.Shadow: theme.border, role.Accent: theme.link,
    }  # fmt: skip
    for which, colour in colours.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.border))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of ``resources/style`` with colours and sizes put in."""
    names = {f.name: getattr(theme, f.name) for f in fields(theme) if isinstance(getattr(theme, f.name), str)}
    for role in ("ok", "warn", "danger", "info", "neutral"):
        tone = theme.tone(role)
        names |= {f"{role}_text": tone.text, f"{role}_back": tone.back, f"{role}_line": tone.line}
    names |= {f"px{n}": f"{px(n)}px" for n in range(1, 65)}
    names |= {f"pt{n}": f"{n * 0.75 * look().size / 100:.2f}pt" for n in range(9, 33)}
    names["style"] = resource("style").as_posix()
    text = resource("style", "kit.qss").read_text(encoding="utf-8")
    return Template(text).substitute(names)
