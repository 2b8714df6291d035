"""What the search of the whole dossier found: a list below its field, grouped by kind."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.main_window.hits import Hit

if TYPE_CHECKING:
    from vto_desktop.ui.main_window.search import SearchField

_FOUND: Final = int(Qt.ItemDataRole.UserRole)


class Results(QListWidget):
    """What was found, below the field; it never takes the focus."""

    def __init__(self, field: "SearchField") -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("popup")
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_HitDelegate(self))
        self.itemClicked.connect(self._clicked)

    def hits(self) -> list[Hit]:
        """Return what is shown."""
        found = (self.item(n).data(_FOUND) for n in range(self.count()))
        return [hit for hit in found if isinstance(hit, Hit)]

    def current(self) -> Hit | None:
        """Return what Enter opens."""
        item = self.currentItem()
        found = item.data(_FOUND) if item is not None else None
        return found if isinstance(found, Hit) else None

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found, each group under its name."""
        self.clear()
        group = ""
        for hit in hits:
            if hit.group != group:
                group = hit.group
                self._add(group, None)
            self._add(hit.title, hit)
        if not hits:
            self._add("Rien ne correspond dans ce dossier", None)
        self.setCurrentRow(1 if hits else -1)
        self._place()

    def _add(self, text: str, hit: Hit | None) -> None:
        item = QListWidgetItem(text)
        item.setData(_FOUND, hit)
        if hit is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _place(self) -> None:
        field = self._field
        wide = max(field.width(), theme.px(440))
        most = field.window().height() - theme.px(140)
        high = min(sum(self.sizeHintForRow(n) for n in range(self.count())) + theme.px(8), most)
        where = field.mapToGlobal(QPoint((field.width() - wide) // 2, field.height() + 2))
        self.setGeometry(QRect(where, QSize(wide, max(high, theme.px(40)))))
        self.show()

    def step(self, rows: int) -> None:
        """Choose another line, over the names of groups."""
        places = [n for n in range(self.count()) if isinstance(self.item(n).data(_FOUND), Hit)]
        if places:
            here = places.index(self.currentRow()) if self.currentRow() in places else -1
            self.setCurrentRow(places[min(max(here + rows, 0), len(places) - 1)])

    def _clicked(self, item: QListWidgetItem) -> None:
        if isinstance(hit := item.data(_FOUND), Hit):
            self._field.choose(hit)


class _HitDelegate(QStyledItemDelegate):
    """A group's name in small capitals of grey; a hit with its icon, its name, and at right what it is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        view, hit = option.widget, index.data(_FOUND)
        rect = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.save()
        if not isinstance(hit, Hit):
            painter.setFont(theme.font(9, 600))
            painter.setPen(QColor(theme.current().secondary))
            painter.drawText(rect, middle, text)
            painter.restore()
            return
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        side = theme.px(16)
        box = QRect(rect.left() + theme.px(4), rect.center().y() - side // 2, side, side)
        icons.icon(hit.icon, "secondary").paint(painter, box, Qt.AlignmentFlag.AlignCenter)
        small = theme.font(9)
        detail = QFontMetrics(small).elidedText(hit.detail, Qt.TextElideMode.ElideRight, rect.width() // 2)
        painter.setFont(small)
        painter.setPen(QColor(theme.current().secondary))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, detail)
        rect.adjust(theme.px(28), 0, -QFontMetrics(small).horizontalAdvance(detail) - theme.px(12), 0)
        painter.setFont(option.font)
        painter.setPen(QColor(theme.current().text))
        cut = QFontMetrics(option.font).elidedText(hit.title, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, middle, cut)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(200), theme.px(34 if isinstance(index.data(_FOUND), Hit) else 28))
