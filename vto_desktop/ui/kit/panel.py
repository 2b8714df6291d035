"""Titled panels, lines of facts, captions and banners: the still pieces that pages are laid out with."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel


class _Wrapped(QLabel):
    """Wrapped text whose height is that of its real width, not of the narrow one that Qt supposes.

    Layouts within layouts ask for it some twenty times, and Qt lays the text out again each time.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._heights: dict[int, int] = {}

    def setText(self, text: str) -> None:
        self._heights.clear()
        super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # another font, another style
        super().changeEvent(event)

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


def label(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """Return plain text (never rich) in a style: ``title``, ``panelTitle``, ``caption``, ``secondary``…"""
    made = _Wrapped(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(kind)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(1)
    return made


def rule() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    made.setObjectName("rule")
    return made


class Button(QPushButton):
    """Enter clicks the button that has the focus, and none from elsewhere."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, slot: Callable[[], object], *, icon: str = "", kind: str = "") -> QPushButton:
    """Return a button; ``kind`` is empty, ``primary``, ``small`` or ``link``."""
    made = Button(text)
    made.setObjectName(kind)
    if icon:
        made.setIcon(icons.icon(icon, {"primary": "on_link", "link": "link"}.get(kind, "text")))
        side = theme.px(14 if kind == "small" else 16)
        made.setIconSize(QSize(side + theme.px(4), side))  # the style leaves 4 px only
    made.clicked.connect(lambda _checked=False: slot())
    return made


class _Scrolled(QScrollArea):
    """Scrolls downwards only: never narrower than what it holds, which would be cut."""

    def minimumSizeHint(self) -> QSize:
        least, inside = super().minimumSizeHint(), self.widget()
        if inside is None:
            return least
        wide = inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), wide), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(content: QWidget) -> QScrollArea:
    """Return ``content`` in a vertical scroll area without a frame."""
    area = _Scrolled()
    area.setObjectName("bare")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


class Panel(QFrame):
    """A white box with an optional title row (title, count, actions at right) and a column of content."""

    def __init__(self, title: str = "", *, padded: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        outer = QVBoxLayout(self)
        edge = theme.px(16) if padded else 1
        outer.setContentsMargins(edge, theme.px(16) if padded or title else 1, edge, edge)
        outer.setSpacing(theme.px(8))
        self._header = QHBoxLayout()
        self._header.setContentsMargins(0 if padded else theme.px(16), 0, 0 if padded else theme.px(16), 0)
        self._header.setSpacing(theme.px(8))
        self.caption = label("", "caption")
        self.caption.hide()
        if title:
            self.heading = label(title, "panelTitle")
            self._header.addWidget(self.heading)
            self._header.addWidget(self.caption)
            self._header.addStretch(1)
            outer.addLayout(self._header)
        self.content = QVBoxLayout()
        self.content.setSpacing(theme.px(8))
        outer.addLayout(self.content, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget below the others."""
        self.content.addWidget(widget, stretch)

    def set_caption(self, text: str) -> None:
        """Show a grey caption beside the title."""
        self.caption.setText(text)
        if self.caption.parent() is not None:
            self.caption.setVisible(bool(text))

    def header_widget(self, widget: QWidget) -> None:
        """Add a widget at the right of the title."""
        self._header.addWidget(widget)

    def action(self, text: str, slot: Callable[[], object], *, icon: str = "") -> QPushButton:
        """Add a small button at the right of the title."""
        made = button(text, slot, icon=icon, kind="small")
        self._header.addWidget(made)
        return made


class Facts(QWidget):
    """Two columns, label and value; what is unknown reads « non renseigné » in grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(10))
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Iterable[tuple[str, str | Chip | None]]) -> None:
        """Replace what is shown."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line, (name, value) in enumerate(facts):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label(name, "secondary"), line, 0, top)
            self._grid.addWidget(self._value(value), line, 1, top)

    @staticmethod
    def _value(value: str | Chip | None) -> QWidget:
        if isinstance(value, Chip):
            return ChipLabel(value)
        shown = label(value or "non renseigné", "" if value else "secondary", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        return shown


class Banner(QFrame):
    """One sentence that stays on the page until its cause is gone, with actions at right."""

    def __init__(self, sentence: str = "", role: str = "warn", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        self._sign = icons.Sign()
        self._text = label("", wrap=True)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        self._row = row
        self.tell(sentence, role)

    def tell(self, sentence: str, role: str = "warn") -> None:
        """Show a sentence, or hide with an empty one; ``role`` is ``warn``, ``danger`` or ``info``."""
        self.setProperty("role", role)
        for widget in (self, self._text):  # the colour of the text hangs on the frame's role
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        name = "info" if role == "info" else "triangle-alert"
        self._sign.show_sign(name, role)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        if self.parent() is not None or not sentence:  # shown without a parent it would be a window
            self.setVisible(bool(sentence))

    def sentence(self) -> str:
        """Return what is shown."""
        return self._text.text()

    def action(self, text: str, slot: Callable[[], object]) -> QPushButton:
        """Add a small button at right."""
        made = button(text, slot, kind="small")
        self._row.addWidget(made)
        return made
