"""A field that picks one of many by typing part of its name, with what tells namesakes apart."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
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
from vto_desktop.ui.kit.line_input import LineInput
from vto_desktop.ui.kit.unexpected import guarded

Found = tuple[int, str, str]
MOST: Final = 50
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_DETAIL: Final = int(Qt.ItemDataRole.UserRole) + 1


class PickInput(LineInput):
    """Picks an id: ``search(text)`` gives (id, label, detail), best first; ``label_of(id)`` names a value.

    Empty text means None; a text that is no picked thing is a problem. ``create`` adds a last line
    « Créer “…” » that calls it with the text typed.
    """

    picked = Signal(object)

    def __init__(
        self,
        search: Callable[[str], Sequence[Found]],
        label_of: Callable[[int], str],
        *,
        placeholder: str = "Tapez une partie du nom",
        create: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder)
        self._search, self._label_of, self._create = search, label_of, create
        self._id: int | None = None
        self._label = ""
        self.popup = _Popup(self)
        self.line.textEdited.connect(self._look_up)
        self.line.installEventFilter(self)
        action = QAction(icons.icon("chevron-down", "secondary"), "Montrer la liste", self)
        action.triggered.connect(lambda _checked=False: self.show_all())
        self.line.addAction(action, self.line.ActionPosition.TrailingPosition)

    def value(self) -> int | None:
        return self._id if self._id is not None and self.text() == self._label else None

    def set_value(self, value: Any) -> None:
        self._id = value
        self._label = "" if value is None else self._label_of(int(value))
        self.line.setText(self._label)
        self._label = self.text()
        self.line.setCursorPosition(0)
        self.picked.emit(value)

    def problem(self) -> str:
        if not self.text() or self.value() is not None:
            return ""
        return "Choisissez dans la liste qui s’ouvre quand vous tapez."

    def typed(self) -> Any:
        return [self.value(), self.line.text()]

    def set_typed(self, typed: Any) -> None:
        match typed:
            case [int(identifier), str()]:
                self.set_value(identifier)
            case [None, str(text)]:
                super().set_typed(text)

    def normalise(self) -> None:
        """Take the only thing found when the field is left with part of a name."""
        self.popup.hide()
        if self.text() and self.value() is None:
            found = self._search(self.text())
            same = [f for f in found if f[1].casefold() == self.text().casefold()]
            if len(found) == 1 or len(same) == 1:
                self.take((same or list(found))[0][0])

    def show_all(self) -> None:
        """Open the list of what the text finds; of everything when a thing is picked already."""
        if not self.line.isReadOnly():
            self.line.setFocus()
            self._look_up("" if self.value() is not None else self.line.text())

    def take(self, identifier: int | None) -> None:
        """Pick a thing found, or create one (None)."""
        self.popup.hide()
        if identifier is not None:
            same_text = self.line.text() == self._label_of(identifier)
            self.set_value(identifier)
            if same_text:
                self.changed.emit()  # one Celles for another: the text did not change, the value did
        elif self._create is not None:
            self._create(self.text())

    def _look_up(self, text: str) -> None:
        found = list(self._search(text))[:MOST]
        offer = f"Créer « {text.strip()} »…" if self._create and text.strip() else ""
        self.popup.show_found(found, offer)

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
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.popup.step(
                {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}.get(Qt.Key(key), -8)
            )
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and self.popup.choose():
            return key != Qt.Key.Key_Tab
        if key == Qt.Key.Key_Escape:
            self.popup.hide()
            return True
        return False


class _Popup(QListWidget):
    """The list below the field; it never takes the focus."""

    def __init__(self, field: PickInput) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("popup")
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_FoundDelegate(self))
        self.itemClicked.connect(lambda item: self._field.take(item.data(int(Qt.ItemDataRole.UserRole))))

    def show_found(self, found: Sequence[Found], offer: str) -> None:
        self.clear()
        for identifier, text, detail in found:
            self._add(text, detail, identifier)
        if offer:
            self._add(offer, "", None)
        if not self.count():
            self._add("Rien ne correspond", "", None)
            self.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self.setCurrentRow(0)
        high = min(self.count(), 8) * theme.px(32) + 6
        where = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        below = where.y() + high <= self._field.screen().availableGeometry().bottom()
        top = where.y() if below else where.y() - high - self._field.height() - 4
        self.setGeometry(QRect(QPoint(where.x(), top), QSize(max(self._field.width(), theme.px(320)), high)))
        self.show()

    def _add(self, text: str, detail: str, identifier: int | None) -> None:
        item = QListWidgetItem(text)
        item.setData(int(Qt.ItemDataRole.UserRole), identifier)
        item.setData(_DETAIL, detail)
        self.addItem(item)

    def step(self, rows: int) -> None:
        self.setCurrentRow(min(max(self.currentRow() + rows, 0), self.count() - 1))

    def choose(self) -> bool:
        item = self.currentItem()
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return False
        self._field.take(item.data(int(Qt.ItemDataRole.UserRole)))
        return True


class _FoundDelegate(QStyledItemDelegate):
    """A name at left, what tells it apart in grey at right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: delegates.Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        list_ = option.widget
        list_.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, list_)
        small = theme.font(9)
        rect = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        detail = str(index.data(_DETAIL) or "")
        painter.save()
        painter.setFont(small)
        painter.setPen(theme.current().secondary)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, detail)
        rect.setRight(rect.right() - QFontMetrics(small).horizontalAdvance(detail) - theme.px(8))
        painter.setFont(option.font)
        painter.setPen(theme.current().text)
        cut = QFontMetrics(option.font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, middle, cut)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: delegates.Index) -> QSize:
        return QSize(theme.px(200), theme.px(32))
