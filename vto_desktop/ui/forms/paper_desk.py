"""Where a document is made: from its options to the PDF shown, then printed, saved or parted into files."""

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from vto_desktop import french, paths
from vto_desktop.errors import UserError
from vto_desktop.reports import Chosen, Report
from vto_desktop.reports.batch import Batch
from vto_desktop.services.figures_labels import LabelSheets
from vto_desktop.services.figures_papers import Letters
from vto_desktop.store.files import write_safely
from vto_desktop.ui.forms.lacking import incomplete, lacking
from vto_desktop.ui.forms.paper_options import PaperOptions
from vto_desktop.ui.forms.to_complete import ToComplete
from vto_desktop.ui.kit import jobs, messages
from vto_desktop.ui.kit.panel import Banner
from vto_desktop.ui.kit.pdf_view import PdfView
from vto_desktop.ui.kit.workspace import Workspace

PREPARING: Final = "Le document se prépare…"
PAUSE: Final = 350
"""Milliseconds without a change of options before the document is made again."""
FOLDER: Final = "dossier_documents"
MOST: Final = 2_000
"""Letters in one file."""


class PaperDesk(QObject):
    """Makes the document of a report again at each change; ``owner`` is the widget that shows its parts."""

    ready = Signal(bool)
    """A document is shown, or none is; its letters may be written one by one all the same."""

    def __init__(self, workspace: Workspace, owner: QWidget, banner: Banner) -> None:
        super().__init__(owner)
        self._workspace, self._owner, self._banner = workspace, owner, banner
        self._token = 0
        self._job: jobs.Job | None = None
        self._made: tuple[bytes, str] | None = None  # content, proposed file name
        self.report: Report | None = None
        self.summary: Any = None
        self.options = PaperOptions(workspace)
        self.missing = ToComplete(workspace)
        self.view = PdfView()
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.pause.timeout.connect(self.make)
        self.options.changed.connect(self.pause.start)

    def choose(self, report: Report, ids: Sequence[int] | None = None) -> None:
        """Show another document, of all or of rows already chosen."""
        self.report = report
        self.options.show_report(report, ids)
        if self._workspace.dossier is not None:
            self.pause.start(0)

    # --- making ----------------------------------------------------------------------------------

    def make(self) -> None:
        """Make the document again, beside the window; the newest wish wins."""
        self.pause.stop()
        dossier, report = self._workspace.dossier, self.report
        chosen = self.options.chosen() if dossier is not None and report is not None else None
        if dossier is None or report is None or chosen is None:
            self.summary = None
            self._tell_ready(False)
            return
        self._token += 1
        if self._job is not None:
            self._job.cancel()
        try:
            self.summary = self._read(report, chosen)
        except UserError as refused:
            self._refuse(refused)
            return
        name, summary = dossier.path.name, self.summary
        if isinstance(summary, Letters) and len(summary.letters) > MOST:
            self._refuse_many(len(summary.letters))
            return
        self._job = jobs.quietly(
            self._owner, report.title, lambda told: _drawn(report, summary, name, told),
            partial(self._finished, self._token, report.file_name(summary, **chosen)),
        )  # fmt: skip
        self._job.progressed.connect(self._told)
        self.view.tell_absent(PREPARING)

    def _told(self, done: int, total: int, _whom: str) -> None:
        """Say how far the letters are; a bound slot, so that it runs in the window's thread."""
        if self.sender() is self._job and self.report is not None:
            said = f"{french.number(done)} / {french.number(total)}"
            self._workspace.say(f"{self.report.title}\u00a0: {said}")
            self.view.tell_absent(f"{PREPARING} {said}")

    def _refuse_many(self, count: int) -> None:
        """One file of so many letters would take minutes and all the memory; files of one do not."""
        self._tell_ready(False)
        said = french.count(count, "lettre", "lettres")
        self._banner.tell(
            f"{said} font un fichier trop gros pour être montré. Choisissez un groupe ou un destinataire, ou "
            "éditez un PDF par destinataire. [TROP_DE_LETTRES]",
            "warn",
        )

    def _read(self, report: Report, chosen: Chosen) -> Any:
        with self._workspace.read() as session:
            summary = report.read(session, **chosen)
        if isinstance(summary, Letters):
            self.options.show_people(letter.addressee for letter in summary.letters)
            picked = self.options.picked()
            summary = summary.only(picked) if picked is not None else summary
        self.missing.show_rows(incomplete(summary), lacking(summary).means)
        return summary

    def _finished(self, token: int, file_name: str, done: Any, error: BaseException | None) -> None:
        if token != self._token:
            return
        if isinstance(error, UserError):
            self._refuse(error)
            return
        if error is not None:
            raise error
        content, notices = done
        self._made = (content, file_name)
        self.view.show_pdf(content)
        self._banner.tell(" ".join(notices))
        self._tell_ready(True)
        pages = french.count(self.view.pages(), "page")
        self._workspace.say(f"{file_name.removesuffix('.pdf')}\u00a0: prêt, {pages}")

    def _refuse(self, refused: UserError) -> None:
        self.missing.show_rows(())
        self.summary = None
        self._tell_ready(False)
        self._banner.tell(str(refused), "danger")

    def _tell_ready(self, ready: bool) -> None:
        if not ready:
            self._made = None
            self.view.tell_absent()
        self.ready.emit(ready)

    def count(self) -> int:
        """Return how many letters or labels the document is made of."""
        if isinstance(self.summary, LabelSheets):
            return len(self.summary.labels)
        return len(self.summary.letters) if isinstance(self.summary, Letters) else 0

    def has_letters(self) -> bool:
        """Return whether the document is made of letters that may be written one by one."""
        return isinstance(self.summary, Letters) and bool(self.summary.letters)

    # --- acts ------------------------------------------------------------------------------------

    def print(self) -> None:
        """Open the system's print dialog, having said what is missing."""
        if self._made is not None:
            name = self._made[1].removesuffix(".pdf")
            self._knowing(lambda: self.view.ask_and_print(name))

    def ask_save(self) -> None:
        """Ask where the PDF goes, having said what is missing."""
        if self._made is not None:
            self._knowing(self._ask_save)

    def _knowing(self, act: Any) -> None:
        """Do it at once when nothing is missing, else ask first: what is sent should be valid."""
        rows = self.missing.rows()
        if not rows:
            act()
            return
        words = lacking(self.summary)
        few = [row.sentence for row in rows[:3]]
        more = len(rows) - len(few)
        sentences = (
            [*few, f"De même pour {french.count(more, 'autre fiche', 'autres fiches')}."] if more else few
        )
        messages.ask(
            self._owner,
            words.title,
            f"{' '.join(sentences)} {words.sentence}",
            [("Compléter d’abord", self.missing.table.setFocus), (words.go_on, act)],
        )

    def _ask_save(self) -> None:
        assert self._made is not None  # noqa: S101 - looked at before asking
        dialog = QFileDialog(self._owner, "Enregistrer le document", "", "Document PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        folder = self._workspace.settings.get(FOLDER)
        if isinstance(folder, str):
            dialog.setDirectory(folder)
        dialog.selectFile(self._made[1])
        dialog.fileSelected.connect(lambda file: self.save(Path(file)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the very document that is shown; a refusal leaves the previous file as it was."""
        if self._made is None:
            return
        content = self._made[0]
        try:
            write_safely(path, lambda file: file.write(content))
        except UserError as refused:
            messages.show_error(self._owner, refused)
            return
        self._workspace.settings.set(FOLDER, str(path.parent))
        self._workspace.say(f"Document enregistré\u00a0: {path.name}")

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
        path, content = folder / self._made[1], self._made[0]
        try:
            write_safely(path, lambda file: file.write(content))
        except UserError as refused:
            messages.show_error(self._owner, refused)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            sentence = "Aucun lecteur de PDF n’a répondu. Enregistrez le document, puis ouvrez-le vous-même."
            messages.show_error(self._owner, UserError("LECTEUR_ABSENT", sentence))

    # --- one PDF each ----------------------------------------------------------------------------

    def ask_batch(self) -> None:
        """Ask for the folder of the PDFs, having said what is missing."""
        if self.has_letters():
            self._knowing(self._ask_batch)

    def _ask_batch(self) -> None:
        dialog = QFileDialog(self._owner, "Choisir le dossier des PDF")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        folder = self._workspace.settings.get(FOLDER)
        if isinstance(folder, str):
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(lambda chosen: self.batch(Path(chosen)))
        dialog.open()

    def batch(self, folder: Path) -> None:
        """Write one PDF for each letter into a folder; files of the same names are replaced once agreed."""
        dossier, report = self._workspace.dossier, self.report
        if dossier is None or report is None or not self.has_letters():
            return
        self._workspace.settings.set(FOLDER, str(folder))
        batch = report.batch(self.summary, folder, dossier_name=dossier.path.name)
        there = len(batch.replaced())
        if not there:
            self._write(batch)
            return
        count = french.count(there, "fichier du même nom", "fichiers du même nom")
        messages.ask(
            self._owner,
            "Remplacer les fichiers ?",
            f"«\u00a0{folder.name}\u00a0» contient déjà {count}. Les autres fichiers ne changent pas.",
            [("Annuler", lambda: None), ("Remplacer", lambda: self._write(batch))],
        )

    def _write(self, batch: Batch) -> None:
        def work(told: jobs.Job) -> tuple[str, ...]:
            with suppress(jobs.Cancelled):  # what is written is kept, what is not is told
                return batch.write(told)
            return ()

        assert self.report is not None  # noqa: S101 - its letters are being written
        jobs.run(
            self._owner, f"{self.report.title}\u00a0: un PDF chacun", work, partial(self._written, batch),
            partial(self._stopped, batch),
        )  # fmt: skip

    def _written(self, batch: Batch, notices: tuple[str, ...]) -> None:
        if batch.missing:
            self._offer_rest(batch, "Édition arrêtée", batch.outcome())
            return
        # Told above the document too: over a dialog the status bar is out of sight.
        self._banner.tell(" ".join((batch.outcome(), *notices)), "warn" if notices else "info")
        self._workspace.say(batch.outcome())

    def _stopped(self, batch: Batch, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._offer_rest(batch, "Édition arrêtée", f"{error} {batch.outcome()}")

    def _offer_rest(self, batch: Batch, title: str, sentence: str) -> None:
        answers = [("Fermer", lambda: None), ("Écrire les manquants", lambda: self._write(batch))]
        messages.ask(self._owner, title, sentence, answers)


def _drawn(report: Report, summary: Any, dossier_name: str, told: jobs.Job) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF's bytes and its notices; runs beside the window, on plain data."""
    with tempfile.TemporaryDirectory(prefix="vto-") as folder:
        path = Path(folder) / "document.pdf"
        notices = report.draw(summary, path, dossier_name=dossier_name, told=told)
        return path.read_bytes(), notices
