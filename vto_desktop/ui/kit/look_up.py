"""A field under which a list opens while one types: what both fields that look something up share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from vto_desktop.ui.kit import delegates, icons, theme
from vto_desktop.ui.kit.line_input import SHORT, LineInput
from vto_desktop.ui.kit.unexpected import guarded

SEEN: Final = 8  # lines seen without scrolling
HIGH: Final = 32  # pixels of a line
WIDE: Final = (320, 640)  # pixels of the narrowest list, and up to which it grows with its texts
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SEEN, Qt.Key.Key_PageUp: -SEEN}
_LINE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: its text, what tells it apart, and what choosing it does; None for a heading."""

    text: str
    detail: str = ""
    choose: Callable[[], object] | None = None


class LookUpInput(LineInput):
    """A line of text with a list below; subclass with ``lines`` (what a text finds)."""

    shows_chosen = True
    """Whether Enter takes the first line at once, without an arrow key before."""

    def __init__(self, limit: int = SHORT, *, placeholder: str = "") -> None:
        super().__init__(limit, placeholder=placeholder)
        self.popup = FoundList(self)
        self.line.textEdited.connect(self.look_up)
        self.line.installEventFilter(self)
        action = QAction(icons.icon("chevron-down", "secondary"), "Montrer la liste", self)
        action.triggered.connect(lambda _checked=False: self.show_all())
        self.line.addAction(action, self.line.ActionPosition.TrailingPosition)

    def lines(self, text: str) -> Sequence[Line]:
        """Return what a text finds, best first."""
        raise NotImplementedError

    def look_up(self, text: str) -> None:
        """Show what a text finds."""
        self.popup.show_lines(self.lines(text), choose_first=self.shows_chosen)

    def show_all(self) -> None:
        """Open the list of what the text finds."""
        if not self.line.isReadOnly():
            self.line.setFocus()
            self.look_up(self.line.text())

    def normalise(self) -> None:
        self.popup.hide()

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._steer(event):
            return True
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.key() == Qt.Key.Key_Escape and self.popup.isVisible():  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _steer(self, event: QKeyEvent) -> bool:
        """Move in the list with the arrows while the cursor stays in the field."""
        key = event.key()
        if not self.popup.isVisible():
            if key == Qt.Key.Key_Down:
                self.show_all()
                return True
            return False
        if key in _STEPS:
            self.popup.step(_STEPS[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and self.popup.choose():
            return key != Qt.Key.Key_Tab
        if key == Qt.Key.Key_Escape:
            self.popup.hide()
            return True
        return False


class FoundList(QListWidget):
    """The list below the field; it never takes the focus."""

    def __init__(self, field: LineInput) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("popup")
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_LineDelegate(self))
        self.itemClicked.connect(self._take)

    def show_lines(self, lines: Sequence[Line], *, choose_first: bool = True) -> None:
        """Show these lines, the first that can be chosen already chosen or none; no line hides the list."""
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.text)
            item.setData(_LINE, line)
            if line.choose is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        if not lines:
            self.hide()
            return
        first = next((place for place, line in enumerate(lines) if line.choose is not None), -1)
        self.setCurrentRow(first if choose_first else -1)
        self.scrollToTop()
        self._place(lines)

    def _place(self, lines: Sequence[Line]) -> None:
        high = min(len(lines), SEEN) * theme.px(HIGH) + 6
        where = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        screen = self._field.screen().availableGeometry()
        below = where.y() + high <= screen.bottom()
        top = where.y() if below else where.y() - high - self._field.height() - 4
        wide = max(self._field.width(), theme.px(WIDE[0]), min(self._needed(lines), theme.px(WIDE[1])))
        left = max(min(where.x(), screen.right() - wide), screen.left())
        self.setGeometry(QRect(QPoint(left, top), QSize(wide, high)))
        self.show()

    def _needed(self, lines: Sequence[Line]) -> int:
        """Return the width at which no text is cut."""
        text, small = QFontMetrics(self.font()), QFontMetrics(theme.font(9))
        texts = max(
            text.horizontalAdvance(each.text) + small.horizontalAdvance(each.detail) for each in lines
        )
        return texts + theme.px(60)  # margins, a gap, the scroll bar

    def step(self, rows: int) -> None:
        """Choose another line, over the headings."""
        places = [n for n in range(self.count()) if self.item(n).flags() & Qt.ItemFlag.ItemIsEnabled]
        if places:
            # From no line at all, one step down leads to the first.
            here = places.index(self.currentRow()) if self.currentRow() in places else -1
            self.setCurrentRow(places[min(max(here + rows, 0), len(places) - 1)])

    def choose(self) -> bool:
        """Take the line chosen; return whether there was one."""
        return self._take(self.currentItem())

    def _take(self, item: QListWidgetItem | None) -> bool:
        line: Any = item.data(_LINE) if item is not None else None
        if line is None or line.choose is None:
            return False
        self.hide()
        line.choose()
        return True


class _LineDelegate(QStyledItemDelegate):
    """A name at left, what tells it apart in grey at right; a heading in small grey letters."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: delegates.Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        line: Line = index.data(_LINE)
        rect = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.save()
        if line.choose is None:
            painter.setFont(theme.font(9, 600))
            painter.setPen(theme.current().secondary)
            painter.drawText(rect, middle, text)
            painter.restore()
            return
        option.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget
        )
        small = theme.font(9)
        painter.setFont(small)
        painter.setPen(theme.current().secondary)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, line.detail)
        rect.setRight(rect.right() - QFontMetrics(small).horizontalAdvance(line.detail) - theme.px(8))
        painter.setFont(option.font)
        painter.setPen(theme.current().text)
        cut = QFontMetrics(option.font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, middle, cut)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: delegates.Index) -> QSize:
        return QSize(theme.px(200), theme.px(HIGH))
