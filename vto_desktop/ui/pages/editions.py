"""The documents: choose one, set its year or date, see the real PDF, print it, save it, open it elsewhere."""

import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)
from sqlalchemy import select

from vto_desktop import french, paths
from vto_desktop.errors import UserError
from vto_desktop.model import Base, FiscalYear
from vto_desktop.reports import REPORTS, Chosen, Report
from vto_desktop.store.files import write_safely
from vto_desktop.ui.kit import icons, jobs, messages, theme
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.money_and_dates import DateInput
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.pdf_view import PdfView

GROUPS: Final = {
    "finance": "Finances",
    "receipts-slip": "Finances",
    "membership": "Adhérents",
    "certificates": "Adhérents",
    "dues-calls": "Cotisations",
    "reminders": "Cotisations",
    "receipts": "Cotisations",
    "dues-state": "Cotisations",
    "board": "Gouvernance",
}
OTHERS: Final = "Autres documents"
PAUSE: Final = 350
"""Milliseconds without a change of options before the document is made again."""
NARROW: Final = 1080
"""Width of the page, in pixels of the mocks, below which the options stand under the documents."""
NAME: Final = int(Qt.ItemDataRole.UserRole)


class EditionsPage(Page):
    """Three columns: documents, options, preview of the very file that is printed and saved."""

    title = "Éditions"
    icon = "printer"
    shows = frozenset(Base.metadata.tables)

    def build(self) -> None:
        self._made: tuple[str, bytes, str] | None = None  # report, content, proposed file name
        self._token = 0
        self._ends: dict[int, date] = {}
        self.report: Report = next(iter(REPORTS.values()))
        self.print_button = self.primary("Imprimer…", "printer", self.print, keys="Ctrl+P")
        self.open_button = self.action("Ouvrir avec le lecteur", self.open_elsewhere, icon="external-link")
        self.save_button = self.action("Enregistrer sous…", self.ask_save, icon="save")
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.setSpacing(theme.px(16))
        self._choices.addWidget(self._documents(), 1)
        self._choices.addWidget(self._options(), 1)
        row.addLayout(self._choices)
        row.addWidget(self._preview(), 1)
        self.content.addLayout(row, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.make)
        self._mark_ready(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        ways = QBoxLayout.Direction
        self._choices.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    # --- the three columns -----------------------------------------------------------------------

    def _documents(self) -> QFrame:
        panel = _column(248)
        self.list = QListWidget()
        self.list.setAccessibleName("Documents")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setObjectName("documents")
        self.list.setIconSize(QSize(theme.px(16), theme.px(16)))
        group = ""
        for name, report in sorted(
            REPORTS.items(), key=lambda pair: list(GROUPS).index(pair[0]) if pair[0] in GROUPS else 99
        ):
            if GROUPS.get(name, OTHERS) != group:
                group = GROUPS.get(name, OTHERS)
                self._heading(group)
            item = QListWidgetItem(icons.icon("file-text"), report.title)
            item.setData(NAME, name)
            item.setToolTip(report.purpose)
            item.setSizeHint(QSize(0, theme.px(34)))
            self.list.addItem(item)
        self.list.currentItemChanged.connect(self._chosen)
        panel.layout().addWidget(self.list)  # type: ignore[union-attr]
        return panel

    def _heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.font(9, 500))
        item.setSizeHint(QSize(0, theme.px(36)))
        self.list.addItem(item)

    def _options(self) -> QFrame:
        panel = _column(248)
        column = panel.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - made by _column
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
        head = QHBoxLayout()
        head.addWidget(label("Options", "panelTitle"), 1)
        self.reset_button = button("Rétablir", self.reset_options, kind="link")
        head.addWidget(self.reset_button)
        column.addLayout(head)
        self.purpose = label("", "secondary", wrap=True)
        column.addWidget(self.purpose)
        column.addSpacing(theme.px(8))
        self.year_field = Field("&Exercice", "year", ChoiceInput([]))
        self.date_field = Field("&À la date du", "on", DateInput(), hint="8/12/21, 08122021 ou +30")
        for field in (self.year_field, self.date_field):
            column.addWidget(field)
            field.input.changed.connect(self._later)
        column.addStretch(1)
        return panel

    def _preview(self) -> QFrame:
        panel = _column(0)
        self.view = PdfView()
        panel.layout().addWidget(self.view)  # type: ignore[union-attr]
        return panel

    def _later(self) -> None:
        self._pause.start()

    # --- choosing --------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Choose a document by its name in the registry."""
        for place in range(self.list.count()):
            if self.list.item(place).data(NAME) == name:
                self.list.setCurrentRow(place)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        name = item.data(NAME) if item is not None else None
        if name in REPORTS:
            self.report = REPORTS[name]
            self.purpose.setText(self.report.purpose)
            self.year_field.setVisible(bool({"year", "period"} & set(self.report.options)))
            self.date_field.setVisible("date" in self.report.options)
            if self.workspace.dossier is not None:
                self._pause.start(0)

    def refresh(self) -> None:
        with self.workspace.read() as session:
            chosen = select(FiscalYear.year, FiscalYear.ends_on).order_by(FiscalYear.year.desc())
            self._ends = dict(session.execute(chosen).all())
        years = self.year_field.input
        assert isinstance(years, ChoiceInput)  # noqa: S101 - made in _options
        years.set_choices((year, str(year)) for year in self._ends)
        self.reset_options()
        if self.list.currentItem() is None:
            self.list.setCurrentRow(1)
        else:
            self._pause.start(0)

    def reset_options(self) -> None:
        """Take the fiscal year looked at, and its last day or today, whichever comes first."""
        self.year_field.input.set_value(self.workspace.year)
        today = date.today()  # noqa: DTZ011 - the user's own calendar
        self.date_field.input.set_value(min(self._ends.get(self.workspace.year, today), today))

    # --- making ----------------------------------------------------------------------------------

    def make(self) -> None:
        """Make the document again, beside the window; the newest wish wins."""
        self._pause.stop()
        dossier, report = self.workspace.dossier, self.report
        year, on = self.year_field.input.value(), self.date_field.input.value()
        problem = self.date_field.input.problem() if "date" in report.options else ""
        self.date_field.show_problem(problem)
        if dossier is None or problem or year is None or on is None:
            self._mark_ready(False)
            return
        chosen: Chosen = {"year": year, "on": on}
        self._token += 1
        token, name, file_name = self._token, dossier.path.name, report.file_name(**chosen)
        try:
            with self.workspace.read() as session:
                summary = report.read(session, **chosen)
        except UserError as refused:
            self._mark_ready(False)
            self.banner.tell(str(refused), "danger")
            return
        jobs.quietly(
            self,
            report.title,
            lambda _progress: _drawn(report, summary, name),
            partial(self._finished, token, file_name),
        )

    def _finished(self, token: int, file_name: str, done: Any, error: BaseException | None) -> None:
        if token != self._token:
            return
        if isinstance(error, UserError):
            self._mark_ready(False)
            self.banner.tell(str(error), "danger")
            return
        if error is not None:
            raise error
        content, notices = done
        self._made = (self.report.name, content, file_name)
        self.view.show_pdf(content)
        self.banner.tell(" ".join(notices))
        self._mark_ready(True)
        pages = french.count(self.view.pages(), "page")
        self.workspace.say(f"{file_name.removesuffix('.pdf')}\u00a0: prêt, {pages}")

    def _mark_ready(self, ready: bool) -> None:
        for one in (self.open_button, self.save_button, self.print_button):
            one.setEnabled(ready)
        if not ready:
            self._made = None

    # --- acts ------------------------------------------------------------------------------------

    def print(self) -> None:
        """Open the system's print dialog."""
        if self._made is not None:
            self.view.ask_and_print(self._made[2].removesuffix(".pdf"))

    def ask_save(self) -> None:
        """Ask where the PDF goes."""
        if self._made is None:
            return
        dialog = QFileDialog(self, "Enregistrer le document", "", "Document PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        folder = self.workspace.settings.get("dossier_documents")
        if isinstance(folder, str):
            dialog.setDirectory(folder)
        dialog.selectFile(self._made[2])
        dialog.fileSelected.connect(lambda file: self.save(Path(file)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the very document that is shown; a refusal leaves the previous file as it was."""
        if self._made is None:
            return
        content = self._made[1]
        try:
            write_safely(path, lambda file: file.write(content))
        except UserError as refused:
            messages.show_error(self, refused)
            return
        self.workspace.settings.set("dossier_documents", str(path.parent))
        self.workspace.say(f"Document enregistré\u00a0: {path.name}")

    def open_elsewhere(self) -> None:
        """Open a copy with the system's own reader; earlier copies are removed first."""
        if self._made is None:
            return
        folder = paths.user_folder("cache") / "documents"
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            for old in folder.glob("*.pdf"):
                old.unlink(missing_ok=True)
        except OSError:
            pass  # a reader on Windows still holds it: it goes next time
        path, content = folder / self._made[2], self._made[1]
        try:
            write_safely(path, lambda file: file.write(content))
        except UserError as refused:
            messages.show_error(self, refused)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            sentence = "Aucun lecteur de PDF n’a répondu. Enregistrez le document, puis ouvrez-le vous-même."
            messages.show_error(self, UserError("LECTEUR_ABSENT", sentence))


def _drawn(report: Report, summary: Any, dossier_name: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF's bytes and its notices; runs beside the window, on plain data."""
    with tempfile.TemporaryDirectory(prefix="vto-") as folder:
        path = Path(folder) / "document.pdf"
        notices = report.draw(summary, path, dossier_name=dossier_name)
        return path.read_bytes(), notices


def _column(wide: int) -> QFrame:
    panel = QFrame()
    panel.setObjectName("panel")
    if wide:
        panel.setFixedWidth(theme.px(wide))
    column = QVBoxLayout(panel)
    column.setContentsMargins(1, theme.px(4), 1, 1)
    column.setSpacing(theme.px(4))
    return panel
