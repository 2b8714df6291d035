"""A PDF in the window: real pages, zoom, search, thumbnails; and the printer.

QtPdf is imported when the first document is shown, never at start-up.
"""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vto_desktop.errors import UserError
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.line_input import LineEdit
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.tool import tool

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

ZOOMS: Final = (50, 75, 100, 125, 150, 200)
THUMB: Final = QSize(72, 102)
NOTHING: Final = "Aucun document."


class PdfView(QWidget):
    """Shows the bytes of a PDF document; nothing is written to disk."""

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = b""
        self._buffer: QBuffer | None = None
        self._document: QPdfDocument | None = None
        self._view: Any = None
        self._search: Any = None
        self._hit = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self.thumbnails = QListWidget()
        self.thumbnails.setAccessibleName("Pages")
        self.thumbnails.setObjectName("pages")
        self.thumbnails.setFrameShape(QFrame.Shape.NoFrame)
        self.thumbnails.setFixedWidth(theme.px(104))
        self.thumbnails.setViewMode(QListView.ViewMode.IconMode)
        self.thumbnails.setFlow(QListView.Flow.TopToBottom)
        self.thumbnails.setMovement(QListView.Movement.Static)
        self.thumbnails.setWrapping(False)
        self.thumbnails.setIconSize(THUMB * (theme.look().size / 100))
        self.thumbnails.currentRowChanged.connect(self._from_thumbnail)
        self._middle.addWidget(self.thumbnails)
        column.addLayout(self._middle, 1)
        self._nothing = label(NOTHING, "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._middle.addWidget(self._nothing, 1)

    def tell_absent(self, words: str = NOTHING) -> None:
        """Say, where no document is shown yet, why there is none."""
        self._nothing.setText(words)

    # --- building --------------------------------------------------------------------------------

    def _toolbar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(4))
        row.addWidget(tool("chevron-left", "Page précédente", lambda: self.go(self.page() - 1)))
        self.page_field = LineEdit(5)
        self.page_field.setAccessibleName("Page")
        self.page_field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page_field.setFixedWidth(theme.px(48))
        self.page_field.returnPressed.connect(self._go_typed)
        row.addWidget(self.page_field)
        self.page_count = label("/ 0", "secondary")
        row.addWidget(self.page_count)
        row.addWidget(tool("chevron-right", "Page suivante", lambda: self.go(self.page() + 1)))
        row.addSpacing(theme.px(8))
        row.addWidget(tool("zoom-out", "Réduire", lambda: self.zoom_by(1 / 1.25)))
        self.zoom_choice = QComboBox()
        self.zoom_choice.setAccessibleName("Zoom")
        self.zoom_choice.addItems(["Page entière", "Largeur", *(f"{z}\u00a0%" for z in ZOOMS)])
        self.zoom_choice.activated.connect(self._choose_zoom)
        row.addWidget(self.zoom_choice)
        row.addWidget(tool("zoom-in", "Agrandir", lambda: self.zoom_by(1.25)))
        row.addStretch(1)
        self.search_field = LineEdit(100)
        self.search_field.setPlaceholderText("Rechercher")
        self.search_field.setMinimumWidth(theme.px(96))
        self.search_field.setMaximumWidth(theme.px(180))
        self.search_field.textChanged.connect(self._look_for)
        self.search_field.returnPressed.connect(self.next_hit)
        row.addWidget(self.search_field)
        self.hits = label("", "caption")
        self.hits.hide()  # until something is looked for
        row.addWidget(self.hits)
        return bar

    def _make_view(self) -> None:
        from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
        from PySide6.QtPdfWidgets import QPdfView

        self._document = QPdfDocument(self)
        self._view = QPdfView(self)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self._view.setAccessibleName("Aperçu du document")
        ground = self._view.palette()
        ground.setColor(QPalette.ColorRole.Dark, QColor(theme.current().track))
        self._view.setPalette(ground)
        self._view.setDocument(self._document)
        self._search = QPdfSearchModel(self)
        self._search.setDocument(self._document)
        self._search.countChanged.connect(self._show_hits)
        self._view.setSearchModel(self._search)
        self._view.pageNavigator().currentPageChanged.connect(self._show_page)
        self._middle.addWidget(self._view, 1)

    # --- content ---------------------------------------------------------------------------------

    def show_pdf(self, content: bytes) -> None:
        """Show a document; raises UserError [PDF_ILLISIBLE] when it is none."""
        from PySide6.QtPdf import QPdfDocument

        if self._document is None:
            self._make_view()
        assert self._document is not None  # noqa: S101 - made just above
        page = self.page()
        self._content = content
        buffer = QBuffer(self)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(buffer)
        self._buffer, old = buffer, self._buffer
        if old is not None:
            old.deleteLater()
        if self._document.status() != QPdfDocument.Status.Ready:
            raise UserError("PDF_ILLISIBLE", "Ce document ne peut pas être affiché. Rien n’a été modifié.")
        count = self._document.pageCount()
        self._nothing.hide()
        self.page_count.setText(f"/ {count}")
        self._show_thumbnails()
        self.go(min(page, count - 1))

    def content(self) -> bytes:
        """Return the document shown."""
        return self._content

    def pages(self) -> int:
        """Return how many pages the document has."""
        return self._document.pageCount() if self._document is not None else 0

    def page(self) -> int:
        """Return the page in sight, from 0."""
        return int(self._view.pageNavigator().currentPage()) if self._view is not None else 0

    def go(self, page: int) -> None:
        """Show a page, from 0."""
        if self._view is not None and 0 <= page < self.pages() and page != self.page():
            self._view.pageNavigator().jump(page, QPointF(), self._view.pageNavigator().currentZoom())
        self._show_page(self.page())

    def _go_typed(self) -> None:
        typed = self.page_field.text().strip()
        self.go(int(typed) - 1 if typed.isascii() and typed.isdigit() else self.page())

    def _show_page(self, page: int) -> None:
        self.page_field.setText(str(page + 1))
        self.thumbnails.blockSignals(True)
        self.thumbnails.setCurrentRow(page)
        self.thumbnails.blockSignals(False)
        self.page_changed.emit(page)

    def _show_thumbnails(self) -> None:
        self.thumbnails.clear()
        ratio = self.devicePixelRatioF()
        for page in range(min(self.pages(), 60)):
            item = QListWidgetItem(QIcon(self._thumbnail(page, ratio)), str(page + 1))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.thumbnails.addItem(item)
        self.thumbnails.setVisible(self.pages() > 1)

    def _thumbnail(self, page: int, ratio: float) -> QPixmap:
        assert self._document is not None  # noqa: S101 - only called with a document
        natural = self._document.pagePointSize(page)
        size = natural.toSize().scaled(THUMB * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.white)
        painter = QPainter(made)
        painter.drawImage(0, 0, self._document.render(page, size))
        painter.setPen(Qt.GlobalColor.gray)
        painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
        painter.end()
        made.setDevicePixelRatio(ratio)
        return made

    def _from_thumbnail(self, row: int) -> None:
        if row >= 0:
            self.go(row)

    # --- zoom and search -------------------------------------------------------------------------

    def _choose_zoom(self, place: int) -> None:
        if self._view is None:
            return
        mode = type(self._view).ZoomMode
        if place < 2:
            self._view.setZoomMode(mode.FitInView if place == 0 else mode.FitToWidth)
        else:
            self._view.setZoomMode(mode.Custom)
            self._view.setZoomFactor(ZOOMS[place - 2] / 100)

    def zoom_by(self, factor: float) -> None:
        """Make the page larger or smaller, between 25 and 500 %."""
        if self._view is None:
            return
        self._view.setZoomMode(type(self._view).ZoomMode.Custom)
        zoom = min(max(self._view.zoomFactor() * factor, 0.25), 5.0)
        self._view.setZoomFactor(zoom)
        place = self.zoom_choice.findText(f"{round(zoom * 100)}\u00a0%")
        self.zoom_choice.setCurrentIndex(place)

    def _look_for(self, text: str) -> None:
        self._hit = -1
        if self._search is not None:
            self._search.setSearchString(text)
        self._show_hits()

    def _show_hits(self) -> None:
        count = self._search.rowCount(self._search.index(-1, -1)) if self._search is not None else 0
        wanted = bool(self.search_field.text())
        place = f"{self._hit + 1} / " if self._hit >= 0 else ""
        self.hits.setText(f"{place}{count}" if wanted and count else "aucun" if wanted else "")
        self.hits.setVisible(bool(self.hits.text()))

    def next_hit(self) -> None:
        """Go to the next place where the searched text stands."""
        if self._search is None:
            return
        count = self._search.rowCount(self._search.index(-1, -1))
        if count:
            self._hit = (self._hit + 1) % count
            self._view.setCurrentSearchResultIndex(self._hit)
            link = self._search.resultAtIndex(self._hit)
            self._view.pageNavigator().jump(link.page(), link.location(), link.zoom())
        self._show_hits()

    # --- printing --------------------------------------------------------------------------------

    def print_to(self, printer: "QPrinter") -> None:
        """Print every page asked for, at the printer's own resolution."""
        if self._document is None:
            raise UserError("RIEN_A_IMPRIMER", "Aucun document n’est affiché. Choisissez-en un d’abord.")
        first = max(printer.fromPage(), 1)
        last = printer.toPage() or self.pages()
        painter = QPainter()
        if not painter.begin(printer):
            raise UserError("IMPRESSION_IMPOSSIBLE", "L’imprimante ne répond pas. Le document reste affiché.")
        try:
            for page in range(first - 1, min(last, self.pages())):
                if page > first - 1:
                    printer.newPage()
                self._print_page(painter, printer, page)
        finally:
            painter.end()

    def _print_page(self, painter: QPainter, printer: "QPrinter", page: int) -> None:
        assert self._document is not None  # noqa: S101 - only called with a document
        scale = min(printer.resolution(), 300) / 72
        natural = self._document.pagePointSize(page)
        size = QSize(round(natural.width() * scale), round(natural.height() * scale))
        image = self._document.render(page, size)
        sheet = printer.pageLayout().paintRectPixels(printer.resolution())
        full = printer.pageLayout().fullRectPixels(printer.resolution())
        where = QRectF(full).translated(-sheet.left(), -sheet.top())
        fitted = QRectF(where.topLeft(), natural.scaled(where.size(), Qt.AspectRatioMode.KeepAspectRatio))
        painter.drawImage(fitted, image)

    def ask_and_print(self, title: str) -> None:
        """Open the system's print dialog; print when it is accepted."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(self.pages(), 1))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_to(printer))
        dialog.setModal(True)
        dialog.show()  # its own open() wants a receiver
