"""The top bar: which dossier, which fiscal year, the search of the whole dossier, undo, redo and help."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.elided import ElidedLabel
from vto_desktop.ui.main_window.search import SearchField


class DossierIcon(QWidget):
    """The mark of the open dossier."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.px(32), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().accent))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        side = theme.px(18)
        edge = (self.width() - side) // 2
        box = self.rect().adjusted(edge, edge, -edge, -edge)
        icons.icon("folder-open", "on_link").paint(painter, box, Qt.AlignmentFlag.AlignCenter)
        painter.end()


class TopBar(QFrame):
    """Dossier at left, search in the middle, tools at right."""

    year_chosen = Signal(int)

    def __init__(self, search: SearchField, tools: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.px(56))
        self._folder = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(24), 0)
        row.setSpacing(theme.px(12))
        row.addWidget(DossierIcon())
        row.addWidget(self._names(), 4)
        self.years = QComboBox()
        self.years.setAccessibleName("Exercice")
        self.years.setToolTip("L’exercice que montrent toutes les pages")
        self.years.setFixedWidth(theme.px(168))
        self.years.activated.connect(self._choose)
        row.addWidget(self.years)
        row.addStretch()  # what the search, as wide as it gets, leaves
        self.search = search
        row.addWidget(search, 8)
        row.addStretch()
        for action in tools:
            row.addWidget(_tool(action))

    def _names(self) -> QWidget:
        names = QWidget()
        names.setMaximumWidth(theme.px(216))
        column = QVBoxLayout(names)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        column.setSpacing(0)
        self.association, self.file = ElidedLabel("strong"), ElidedLabel("caption")
        column.addWidget(self.association)
        column.addWidget(self.file)
        return names

    def show_dossier(self, association: str, file: str, place: str) -> None:
        """Say which dossier is open."""
        for where, text in ((self.association, association), (self.file, f"Dossier {file}" if file else "")):
            where.show_text(text, f"{association}\n{place}")

    def show_years(self, years: Sequence[int], current: int) -> None:
        """Offer the fiscal years; the current one stays offered even if it is not kept yet."""
        self.years.blockSignals(True)
        self.years.clear()
        for year in sorted({*years, current}, reverse=True):
            self.years.addItem(f"Exercice {year}", year)
        self.years.setCurrentIndex(self.years.findData(current))
        self.years.setEnabled(bool(years))
        self.years.blockSignals(False)

    def _choose(self, place: int) -> None:
        self.year_chosen.emit(int(self.years.itemData(place)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().panel))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.current().line))
        painter.end()


def _tool(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


Act = Callable[[], object]
