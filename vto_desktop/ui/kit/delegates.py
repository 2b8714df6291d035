"""How cells are painted: texts, chips, grey notes, two lines, progress bars."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vto_desktop.ui.kit import chips, theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.rows_model import ALIGN, COLOUR, DISPLAY, FONT, VALUE
from vto_desktop.ui.kit.unexpected import guarded

Index = QModelIndex | QPersistentModelIndex
PADDING: Final = 8
_SELECTED: Final = QStyle.StateFlag.State_Selected
_SINGLE: Final = int(Qt.TextFlag.TextSingleLine)
_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class CellDelegate(QStyledItemDelegate):
    """Paints what the kind of its column needs on the ground of a cell, which a selected row colours.

    The style is not asked: it would look for seven roles of each cell and for the rules of the style sheet,
    and take longer than all the rest of a repaint.
    """

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if option.state & _SELECTED:
            painter.fillRect(option.rect, option.palette.highlight())
        value = model.data(index, VALUE)
        if value is not None:
            option.font = model.data(index, FONT) or option.font
            inside = option.rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
            self.draw(painter, inside, value, option)

    def draw(self, painter: QPainter, rect: QRect, value: Any, option: QStyleOptionViewItem) -> None:
        """Draw the value inside ``rect``."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + theme.px(2 * PADDING), hint.height())


class TextDelegate(CellDelegate):
    """A text as written, on one line, cut with … when it has no room."""

    @guarded(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, rect = index.model(), option.rect
        if option.state & _SELECTED:
            painter.fillRect(rect, option.palette.highlight())
        text = model.data(index, DISPLAY)
        if not text:
            return
        padding = theme.px(PADDING)
        inside = rect.adjusted(padding, 0, -padding, 0)
        painter.setFont(model.data(index, FONT) or option.font)
        painter.setPen(model.data(index, COLOUR) or option.palette.text().color())
        metrics, room = painter.fontMetrics(), inside.width()
        if metrics.horizontalAdvance(text) > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, model.data(index, ALIGN) | _SINGLE, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QStyledItemDelegate.sizeHint(self, option, index)


class ChipDelegate(CellDelegate):
    """A state as a chip."""

    def draw(self, painter: QPainter, rect: QRect, value: Any, option: QStyleOptionViewItem) -> None:
        if isinstance(value, Chip) and value.text:
            chips.paint(painter, rect, value)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        value = index.data(VALUE)
        wide = chips.width(value) if isinstance(value, Chip) else 0
        return QSize(wide + theme.px(2 * PADDING), theme.px(34))


class NotedDelegate(CellDelegate):
    """A text, then a short note in grey, as in « Clara GIMENEZ  +1 suppl. »."""

    def draw(self, painter: QPainter, rect: QRect, value: Any, option: QStyleOptionViewItem) -> None:
        text, note = str(value[0]), str(value[1] or "")
        small = theme.font(9) if note else option.font
        taken = QFontMetrics(small).horizontalAdvance(note) + theme.px(8) if note else 0
        metrics = QFontMetrics(option.font)
        room = max(rect.width() - taken, theme.px(24))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        _text(painter, rect, shown, option.font, theme.current().text)
        if note:
            left = rect.left() + metrics.horizontalAdvance(shown) + theme.px(8)
            where = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
            _text(painter, where, note, small, theme.current().secondary)


class LinesDelegate(CellDelegate):
    """A text and, below it, a second line in grey; one line alone stands in the middle."""

    def draw(self, painter: QPainter, rect: QRect, value: Any, option: QStyleOptionViewItem) -> None:
        first, second = str(value[0]), str(value[1] or "")
        small = theme.font(9)
        top, bottom = QRect(rect), QRect(rect)
        if second:
            middle = rect.top() + rect.height() * 52 // 100
            top.setBottom(middle)
            bottom.setTop(middle - theme.px(1))
            cut = QFontMetrics(small).elidedText(second, Qt.TextElideMode.ElideRight, rect.width())
            _text(painter, bottom, cut, small, theme.current().secondary)
        cut = QFontMetrics(option.font).elidedText(first, Qt.TextElideMode.ElideRight, rect.width())
        _text(painter, top, cut, option.font, theme.current().text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme.px(40))


class WrappedDelegate(CellDelegate):
    """A long text in small letters, on as many lines as the row has room for."""

    def draw(self, painter: QPainter, rect: QRect, value: Any, option: QStyleOptionViewItem) -> None:
        small = theme.font(9)
        painter.setFont(small)
        painter.setPen(QColor(theme.current().text))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        metrics = QFontMetrics(small)
        text = str(value)
        if metrics.boundingRect(rect, flags, text).height() > rect.height():
            lines = max(rect.height() // metrics.lineSpacing(), 1)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, (rect.width() - 12) * lines)
        painter.drawText(rect, flags, text)


class BarDelegate(CellDelegate):
    """How much of a whole is reached, as a bar; the figure is the cell's tip and copied text."""

    def draw(self, painter: QPainter, rect: QRect, value: Any, option: QStyleOptionViewItem) -> None:
        part, whole = value
        high = theme.px(8)
        bar = QRect(rect.left(), rect.top() + (rect.height() - high) // 2, rect.width(), high)
        done = QRect(bar)
        done.setWidth(round(bar.width() * min(max(part / whole, 0), 1)) if whole else 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for where, colour in ((bar, theme.current().track), (done, theme.current().link)):
            if where.width() > 0:
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(where, high / 2, high / 2)
        painter.restore()


def _text(painter: QPainter, rect: QRect, text: str, font: Any, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, _LINE, text)


KINDS: Final[dict[str, type[CellDelegate]]] = {
    "chip": ChipDelegate,
    "noted": NotedDelegate,
    "lines": LinesDelegate,
    "wrapped": WrappedDelegate,
    "bar": BarDelegate,
}


def for_column(column: Column, parent: Any) -> CellDelegate | None:
    """Return the delegate a kind of column needs; plain kinds need none of their own."""
    made = KINDS.get(column.kind)
    return made(parent) if made else None
