"""The dialog that imports a list, step by step: file, columns, preview."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import UserError
from vto_desktop.services import importing
from vto_desktop.services.importing import Layout, Plan
from vto_desktop.ui.forms.importing.asking import FOLDER
from vto_desktop.ui.forms.importing.file_page import FilePage
from vto_desktop.ui.forms.importing.mapping_page import MappingPage
from vto_desktop.ui.forms.importing.preview_page import PreviewPage
from vto_desktop.ui.forms.importing.remembering import remember, remembered
from vto_desktop.ui.kit import jobs, theme
from vto_desktop.ui.kit.panel import button, label
from vto_desktop.ui.kit.workspace import Workspace

if TYPE_CHECKING:
    from vto_desktop.exchange.table import Table

FILE, COLUMNS, PREVIEW = 0, 1, 2
STEPS: Final = ("Fichier", "Colonnes", "Aperçu")


class ImportDialog(QDialog):
    """Imports a list of members or representatives; ``imported`` carries how many rows were."""

    imported = Signal(int)

    def __init__(
        self,
        workspace: Workspace,
        parent: QWidget | None = None,
        *,
        kind: str = "members",
        path: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.kind = kind
        self.path: Path | None = None
        self.table: Table | None = None
        self.columns: Layout | None = None
        self._job: jobs.Job | None = None
        self.setWindowTitle("Importer une liste")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(theme.px(1000), theme.px(640))
        self.file_page = FilePage(workspace, kind)
        self.mapping_page = MappingPage()
        self.preview_page = PreviewPage(workspace.settings)
        self._lay_out()
        self._connect()
        self._show(FILE)
        if path is not None:
            self.read(path)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        inside.setSpacing(theme.px(12))
        top = QHBoxLayout()
        self.title = label("Importer une liste", "detailTitle")
        top.addWidget(self.title, 1)
        self.steps = [label(f"{place}. {name}", "caption") for place, name in enumerate(STEPS, 1)]
        for place, step in enumerate(self.steps):
            if place:
                top.addWidget(label("›", "caption"))
            top.addWidget(step)
        inside.addLayout(top)
        self.stack = QStackedWidget()
        for page in (self.file_page, self.mapping_page, self.preview_page):
            self.stack.addWidget(page)
        inside.addWidget(self.stack, 1)
        outer.addLayout(inside, 1)
        outer.addWidget(self._footer())

    def _footer(self) -> QFrame:
        footer = QFrame()
        footer.setObjectName("formFooter")
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        self.note = label("", "caption")
        self.cancel_button = button("Annuler", self.reject)
        self.back_button = button("&Retour", self.go_back, icon="chevron-left")
        self.next_button = button("&Suivant", self.go_on, kind="primary")
        self.next_button.setToolTip("Ctrl+Entrée")
        row.addWidget(self.note, 1)
        for one in (self.cancel_button, self.back_button, self.next_button):
            row.addWidget(one)
        return footer

    def _connect(self) -> None:
        self.file_page.chosen.connect(self.read)
        self.file_page.kind_changed.connect(self._take_kind)
        self.mapping_page.mapped.connect(self._map)
        self.mapping_page.reread.connect(self._read_again)
        self.mapping_page.headings_moved.connect(self._move_headings)
        self.preview_page.changed.connect(self._show_footer)
        self.preview_page.completes_changed.connect(lambda _on: self.look())

    # --- steps -----------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """The step shown."""
        return self.stack.currentIndex()

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        for place, one in enumerate(self.steps):
            one.setObjectName("step" if place == step else "caption")
            one.style().unpolish(one)
            one.style().polish(one)
        named = {
            FILE: "Importer une liste",
            COLUMNS: "Que contient chaque colonne\u202f?",
            PREVIEW: "Ce qui sera importé",
        }
        name = f" – {self.path.name}" if self.path is not None and step != FILE else ""
        self.title.setText(f"{named[step]}{name}")
        self._show_footer()

    def _show_footer(self) -> None:
        self.back_button.setVisible(self.step != FILE)
        self.next_button.setEnabled(self.step != FILE or self.table is not None)
        self.next_button.setText("&Suivant")
        self.note.setText("")
        if self.step == COLUMNS:
            self._show_mapping_problem()
        elif self.step == PREVIEW:
            count = len(self.preview_page.ticked())
            self.next_button.setText(f"&Importer {french.count(count, 'ligne')}" if count else "&Importer")
            self.next_button.setEnabled(count > 0 and not self.workspace.is_read_only)
            self.note.setText(
                "Une seule opération, qui s’annule d’un Ctrl+Z." if count else "Rien n’est coché."
            )

    def go_on(self) -> None:
        """Go to the next step; from the last one, import."""
        if not self.next_button.isEnabled():
            return
        if self.step == FILE:
            self._show(COLUMNS)
        elif self.step == COLUMNS:
            self.look()
        else:
            self.import_rows()

    def go_back(self) -> None:
        """Go to the step before."""
        self._show(max(self.step - 1, FILE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    # --- the file --------------------------------------------------------------------------------

    def _take_kind(self, kind: str) -> None:
        self.kind = kind
        if self.table is not None:
            self._take(self.table, advance=False)

    def read(self, path: Path, **how: str) -> None:
        """Read a file, then show its columns; a refusal is shown and leaves the step as it is."""
        from vto_desktop.exchange.reading import read

        self.workspace.settings.set(FOLDER, str(path.parent))

        def work(progress: jobs.Job) -> "Table":
            return read(path, progress=lambda done: progress(done, 0, "lignes lues"), **how)

        self._run(f"Lire «\u00a0{path.name}\u00a0»", work, lambda table: self._take(table, advance=True))

    def _read_again(self, changed: dict[str, str]) -> None:
        assert self.table is not None  # noqa: S101 - it is shown
        held = {"sheet": self.table.sheet, "encoding": self.table.encoding, "separator": self.table.separator}
        self.read(self.table.path, **held | changed)

    def _take(self, table: "Table", *, advance: bool) -> None:
        self.table, self.path = table, table.path
        self.file_page.show_file(table.path)
        self._take_layout(importing.layout_of(table.rows, self.kind))
        if advance:
            self._show(COLUMNS)
            self.mapping_page.focus_first()

    def _take_layout(self, found: Layout) -> None:
        assert self.table is not None  # noqa: S101 - it was just read
        kept = remembered(self.workspace.settings, found)
        self.columns = kept or found
        self.mapping_page.show_table(self.table, self.columns)
        self.mapping_page.remembered.setText(
            "Repris de votre dernier import d’un fichier aux mêmes titres." if kept is not None else ""
        )
        self.mapping_page.remembered.setVisible(kept is not None)
        self._show_footer()

    # --- its columns -----------------------------------------------------------------------------

    def _move_headings(self, number: int) -> None:
        assert self.table is not None  # noqa: S101 - it is shown
        numbers = [each for each, _cells in self.table.rows]
        place = numbers.index(number) if number in numbers else -1
        self._take_layout(importing.layout_of(self.table.rows, self.kind, place=place))

    def _map(self, column: int, key: str) -> None:
        assert self.columns is not None  # noqa: S101 - they are shown
        self.columns = self.columns.with_column(column, key)
        self.mapping_page.show_mapping(self.columns.mapping)
        self._show_footer()

    def _show_mapping_problem(self) -> None:
        assert self.columns is not None  # noqa: S101 - they are shown
        missing = importing.missing(self.columns)
        self.next_button.setEnabled(not missing)
        said = f"Indiquez la colonne qui contient {missing}." if missing else ""
        self.mapping_page.problem.tell(said, "danger")

    # --- what would be done ----------------------------------------------------------------------

    def look(self) -> None:
        """Compare the file with the dossier, then show what would be done."""
        table, layout = self.table, self.columns
        assert table is not None  # noqa: S101 - the steps before gave them
        assert layout is not None  # noqa: S101
        how = importing.Options(
            table.starts_1904, is_text=bool(table.encoding), completes=self.preview_page.completes.isChecked()
        )

        def work(progress: jobs.Job) -> Plan:
            with self.workspace.read() as session:
                known = importing.Known(session)
            return importing.plan(
                known, table.rows, layout, how, lambda done, total: progress(done, total, "lignes")
            )

        def show(plan: Plan) -> None:
            self.preview_page.show_plan(plan, layout, table)
            self._show(PREVIEW)
            self.preview_page.table.setFocus()

        self._run("Comparer au dossier", work, show)

    def import_rows(self) -> None:
        """Write the rows ticked in one undoable step, then close."""
        plan, path, layout = self.preview_page.plan, self.path, self.columns
        assert plan is not None  # noqa: S101 - it is shown
        assert path is not None  # noqa: S101
        assert layout is not None  # noqa: S101
        rows = plan.chosen(self.preview_page.ticked())
        label_ = importing.step_label(self.kind, len(rows), path.name)

        def work(progress: jobs.Job) -> int:
            with self.workspace.write(label_) as session:
                importing.apply(session, rows, lambda done, total: progress(done, total, "écritures"))
            return len(rows)

        def done(count: int) -> None:
            remember(self.workspace.settings, layout)
            said = french.count(count, *importing.WORDS[self.kind])
            self.workspace.say(
                f"{said} importé{'s' if count > 1 else ''} ou mis à jour. Ctrl+Z annule l’import."
            )
            self.imported.emit(count)
            self.accept()

        self._run(label_, work, done, self._failed)

    def _failed(self, error: BaseException) -> None:
        """Show a refusal; the preview stays, nothing was written."""
        from vto_desktop.ui.kit import messages

        self._show_footer()
        if isinstance(error, UserError):
            messages.show_error(self, error)
        else:
            raise error

    def _run(
        self,
        label_: str,
        work: Callable[[jobs.Job], Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Run one long act; nothing else can be started, nor the dialog closed, until it ends."""
        if self._job is not None and self._job.is_running:
            return

        def ended(result: Any) -> None:
            self._job = None
            done(result)

        self._job = jobs.run(self, label_, work, ended, failed)

    def reject(self) -> None:
        """Close; what runs is given up first."""
        if self._job is not None and self._job.is_running:
            self._job.cancel()
        else:
            super().reject()
