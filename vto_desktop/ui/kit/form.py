"""The base of every form: fields with problems under them, drafts, one way to save and one to leave."""

from collections.abc import Callable
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.errors import Invalid, UserError
from vto_desktop.ui.kit import drafts, messages, theme
from vto_desktop.ui.kit.fields import Field, give_mnemonics
from vto_desktop.ui.kit.inputs import Input
from vto_desktop.ui.kit.on_screen import within
from vto_desktop.ui.kit.panel import Banner, button, label, scrolled
from vto_desktop.ui.kit.unexpected import guarded
from vto_desktop.ui.kit.workspace import Workspace

IDLE: Final = 400
"""Milliseconds without a key after which what was typed goes to the draft."""


class Form(QDialog):
    """Edits one row: subclass, ``build`` the fields, ``save`` in one transaction.

    ``row`` is any object with the attributes named by the fields; ``row.id`` (None for a new one) names
    the draft. Open with ``start()``, never ``exec()``. ``saved`` carries the row after a good save.
    """

    title: ClassVar[str] = "Fiche"
    saved = Signal(object)

    def __init__(self, workspace: Workspace, row: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.row = row
        self.fields: dict[str, Field] = {}
        self._loaded: dict[str, Any] = {}
        self._saving = False
        dossier = workspace.dossier
        # Taken now: a new row has its id only once it is saved.
        self._draft = (str(dossier.path) if dossier else "", type(self).__name__, getattr(row, "id", None))
        self.setWindowTitle(self.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(520))
        self._lay_out()
        self.build()
        give_mnemonics(self.fields.values(), "E")
        self.load(row)
        self._loaded = self._typed()
        self._idle = QTimer(self, singleShot=True, interval=IDLE)
        self._idle.timeout.connect(self.keep_draft)
        for field in self.fields.values():
            field.input.changed.connect(lambda field=field: self._edited(field))
        self._offer_draft()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        self.heading = label("", "detailTitle", wrap=True)
        self.subheading = label("", "secondary", wrap=True)
        self.banner = Banner()
        self._remedy: QPushButton | None = None
        self.draft_banner = Banner()
        for widget in (self.heading, self.subheading, self.draft_banner, self.banner):
            self._column.addWidget(widget)
            widget.hide()
        self._column.setSpacing(theme.px(8))
        self._column.addSpacing(theme.px(4))
        self._area = scrolled(self._inside)
        outer.addWidget(self._area, 1)
        outer.addWidget(self._footer())

    def _footer(self) -> QFrame:
        footer = QFrame()
        footer.setObjectName("formFooter")
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        self.summary = label("", "problems")
        self.cancel_button = button("Annuler", self.leave)
        self.cancel_button.setToolTip("Échap")
        self.save_button = button("&Enregistrer", self.submit, kind="primary")
        self.save_button.setToolTip("Ctrl+Entrée")
        row.addWidget(self.summary, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.save_button)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)
        return footer

    # --- to override -----------------------------------------------------------------------------

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def check(self) -> dict[str, str]:
        """Return problems that the form itself sees: attribute → French sentence."""
        return {}

    def save(self) -> None:
        """Keep ``self.row``, whose attributes already hold what was typed; may raise Invalid or UserError."""
        raise NotImplementedError

    def load(self, row: Any) -> None:
        """Show the row's attributes in the fields of the same name."""
        for attribute, field in self.fields.items():
            if hasattr(row, attribute):
                field.input.set_value(getattr(row, attribute))

    def apply(self, row: Any) -> None:
        """Put what was typed into the row's attributes."""
        for attribute, field in self.fields.items():
            setattr(row, attribute, field.input.value())

    # --- building --------------------------------------------------------------------------------

    def field(self, text: str, attribute: str, editor: Input, *, hint: str = "") -> Field:
        """Make a field without placing it; for ``pair``."""
        made = Field(text, attribute, editor, hint=hint)
        self.fields[attribute] = made
        return made

    def add(self, text: str, attribute: str, editor: Input, *, hint: str = "") -> Field:
        """Add a field over the whole width."""
        made = self.field(text, attribute, editor, hint=hint)
        self._column.addWidget(made, int(made.is_tall))  # what is tall takes the room left
        return made

    def pair(self, *fields: Field) -> None:
        """Add fields side by side."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        for field in fields:
            row.addWidget(field, 1)
        self._column.addLayout(row)

    def section(self, title: str) -> None:
        """Begin a group of fields."""
        self._column.addSpacing(theme.px(8))
        self._column.addWidget(label(title, "panelTitle"))

    def place(self, widget: QWidget) -> None:
        """Add something that is no field (a table, a sentence)."""
        self._column.addWidget(widget)

    def head(self, title: str, below: str = "") -> None:
        """Say above the fields what is edited."""
        for where, text in ((self.heading, title), (self.subheading, below)):
            where.setText(text)
            where.setVisible(bool(text))

    def input(self, attribute: str) -> Input:
        """Return the input of a field."""
        return self.fields[attribute].input

    # --- opening and leaving ---------------------------------------------------------------------

    def start(self, done: Callable[[Any], object] | None = None) -> "Form":
        """Open the form over its window; ``done`` is called with the row after a good save."""
        if done is not None:
            self.saved.connect(done)
        self.open()
        return self

    def fit(self) -> None:
        """Take the height of the fields, as far as the screen has it, and stand wholly on it."""
        screen = self.screen().availableGeometry()
        room = screen.height() - theme.px(80)
        wide = max(self.width(), self._inside.sizeHint().width() + theme.px(20))
        high = self._inside.heightForWidth(wide)
        if high < 0:
            high = self._inside.sizeHint().height()
        self.resize(wide, min(high + theme.px(70), room))
        self.move(within(self.frameGeometry(), screen))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        if first := next(iter(self.fields.values()), None):
            first.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_changed(self) -> bool:
        """Return whether anything differs from what was loaded."""
        return self._typed() != self._loaded

    def leave(self) -> None:
        """Close at once when nothing was typed, else ask first."""
        if not self.is_changed():
            self._close()
            return
        messages.ask(
            self,
            "Abandonner cette saisie ?",
            "Ce qui a été tapé dans ce formulaire n’est pas encore enregistré.",
            [("Garder la saisie", lambda: None), ("Abandonner", self._close)],
        )

    def reject(self) -> None:
        self.leave()

    @guarded(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.leave()

    def _close(self) -> None:
        self._idle.stop()
        drafts.drop(*self._draft)
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()  # Enter goes on, Ctrl+Enter saves
            return
        super().keyPressEvent(event)

    # --- saving ----------------------------------------------------------------------------------

    def submit(self) -> None:
        """Check and save; problems are shown under their fields, other refusals in the banner."""
        if self._saving:
            return
        self._saving = True
        self.save_button.setEnabled(False)
        try:
            self._submit()
        finally:
            self._saving = False
            self.save_button.setEnabled(True)

    def _submit(self) -> None:
        self._refuse(None)
        problems = self._own_problems()
        if not problems:
            try:
                self.apply(self.row)
                self.save()
            except Invalid as invalid:
                problems = invalid.problems
            except UserError as refused:
                self.keep_draft()
                self._refuse(refused)
                return
        self.show_problems(problems)
        if not problems:
            self._idle.stop()
            drafts.drop(*self._draft)
            self.accept()
            self.saved.emit(self.row)

    def _refuse(self, refused: UserError | None) -> None:
        """Show a refusal in the banner with the act that helps, or take away the last one."""
        self.banner.tell("" if refused is None else f"{refused.sentence} [{refused.code}]", "danger")
        if self._remedy is not None:
            self._remedy.deleteLater()
        act = None if refused is None else messages.remedy(self, refused)
        self._remedy = None if act is None else self.banner.action(*act)

    def _own_problems(self) -> dict[str, str]:
        unreadable = {a: p for a, f in self.fields.items() if (p := f.input.problem())}
        return {**self.check(), **unreadable}

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show each sentence under its field, those of no field in the banner; focus the first."""
        wrong = [field for field in self.fields.values() if field.show_problems(problems)]
        elsewhere = [s for a, s in problems.items() if a.partition(".")[0] not in self.fields]
        self.banner.tell(" ".join(elsewhere), "danger")
        self._count_problems()
        if wrong:
            first = wrong[0]
            first.input.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(first)

    def _count_problems(self) -> None:
        count = sum(f.problem_count for f in self.fields.values()) + bool(self.banner.sentence())
        self.summary.setText(f"{french.count(count, 'problème')} à corriger" if count else "")

    # --- drafts ----------------------------------------------------------------------------------

    def _edited(self, field: Field) -> None:
        if field.problem:
            field.show_problem("")
        if self.summary.text():
            self._count_problems()
        self._idle.start()

    def _typed(self) -> dict[str, Any]:
        return {attribute: field.input.typed() for attribute, field in self.fields.items()}

    def keep_draft(self) -> None:
        """Write what was typed to this user's disk, to survive a crash."""
        if self.is_changed():
            drafts.keep(*self._draft, self.windowTitle(), self._typed())

    def _offer_draft(self) -> None:
        draft = drafts.find(*self._draft)
        if draft is None:
            return
        self.draft_banner.action("Reprendre", lambda: self._take_draft(draft))
        self.draft_banner.action("Ignorer", self._ignore_draft)
        sentence = f"Une saisie du {draft.when}, jamais enregistrée, a été retrouvée. [BROUILLON_RETROUVE]"
        self.draft_banner.tell(sentence, "info")

    def _take_draft(self, draft: drafts.Draft) -> None:
        for attribute, typed in draft.typed.items():
            if attribute in self.fields:
                self.fields[attribute].input.set_typed(typed)
        self.draft_banner.tell("")

    def _ignore_draft(self) -> None:
        drafts.drop(*self._draft)
        self.draft_banner.tell("")
