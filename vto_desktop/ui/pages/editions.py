"""The documents: choose one, set its options, see the real PDF, print it, save it, open it elsewhere."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vto_desktop.model import Base
from vto_desktop.reports import REPORTS
from vto_desktop.ui.forms.paper_desk import PaperDesk
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.panel import button, label, scrolled

GROUPS: Final = {
    "Finances": ("finance", "receipts-slip"),
    "Adhérents": ("membership", "certificates", "labels"),
    "Cotisations": ("dues-calls", "reminders", "dues-state", "receipts"),
    "Gouvernance": ("board", "portraits", "bodies", "officers-declaration"),
    "Réunions": (
        "convocation",
        "attendance-sheet",
        "proxy",
        "minutes",
        "decisions-register",
        "decision-extract",
    ),
}
OTHERS: Final = "Autres documents"
NARROW: Final = 1080
"""Width of the page, in pixels of the mocks, below which the options stand under the documents."""
WIDE: Final = 284
LESS: Final = 256
NAME: Final = int(Qt.ItemDataRole.UserRole)


class EditionsPage(Page):
    """Three columns: documents, options, preview of the very file that is printed and saved."""

    title = "Éditions"
    icon = "printer"
    shows = frozenset(Base.metadata.tables)

    def build(self) -> None:
        self._looked_at: tuple[object, int] | None = None
        self.desk = PaperDesk(self.workspace, self, self.banner)
        self.view, self.options = self.desk.view, self.desk.options
        self.year_field, self.date_field = self.options.year, self.options.on
        self.print_button = self.primary("Imprimer…", "printer", self.desk.print, keys="Ctrl+P", writes=False)
        self.open_button = self.action(
            "Ouvrir avec le lecteur", self.desk.open_elsewhere, icon="external-link"
        )
        self.save_button = self.action("Enregistrer sous…", self.desk.ask_save, icon="save")
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.setSpacing(theme.px(16))
        self._narrowing = (self._documents(), self._options())
        for panel in self._narrowing:
            self._choices.addWidget(panel, 1)
        row.addLayout(self._choices)
        row.addWidget(self._preview(), 1)
        self.content.addLayout(row, 1)
        self.desk.ready.connect(self._mark_ready)
        self._mark_ready(False)

    def fit(self, room: int) -> None:
        super().fit(room)
        narrow = room < theme.px(NARROW)
        ways = QBoxLayout.Direction
        self._choices.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        for panel in self._narrowing:
            panel.setFixedWidth(theme.px(LESS if narrow else WIDE))

    # --- the three columns -----------------------------------------------------------------------

    def _documents(self) -> QFrame:
        panel = _column()
        self.list = QListWidget()
        self.list.setAccessibleName("Documents")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setObjectName("documents")
        self.list.setIconSize(QSize(theme.px(16), theme.px(16)))
        grouped = {name for names in GROUPS.values() for name in names}
        others = tuple(name for name in REPORTS if name not in grouped)
        for group, names in {**GROUPS, OTHERS: others}.items():
            if names:
                self._heading(group)
            for name in names:
                self._document(name)
        self.list.currentItemChanged.connect(self._chosen)
        panel.layout().addWidget(self.list)  # type: ignore[union-attr]
        return panel

    def _document(self, name: str) -> None:
        report = REPORTS[name]
        item = QListWidgetItem(icons.icon("file-text"), report.title)
        item.setData(NAME, name)
        item.setToolTip(f"{report.title}\n{report.purpose}")
        item.setSizeHint(QSize(0, theme.px(34)))
        self.list.addItem(item)

    def _heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.font(9, 500))
        item.setSizeHint(QSize(0, theme.px(36)))
        self.list.addItem(item)

    def _options(self) -> QFrame:
        panel = _column()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(label("Options", "panelTitle"), 1)
        self.reset_button = button("Rétablir", self.options.reset, kind="link")
        head.addWidget(self.reset_button)
        column.addLayout(head)
        self.purpose = label("", "secondary", wrap=True)
        column.addWidget(self.purpose)
        column.addWidget(self.options)
        self.batch_button = button("Un PDF par destinataire…", self.desk.ask_batch, icon="layers")
        column.addWidget(self.batch_button)
        column.addWidget(self.desk.missing)
        column.addStretch(1)
        panel.layout().addWidget(scrolled(inside))  # type: ignore[union-attr]
        return panel

    def _preview(self) -> QFrame:
        panel = _column()
        panel.layout().addWidget(self.view)  # type: ignore[union-attr]
        return panel

    # --- choosing --------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Choose a document by its name in the registry."""
        for place in range(self.list.count()):
            if self.list.item(place).data(NAME) == name:
                self.list.setCurrentRow(place)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        name = item.data(NAME) if item is not None else None
        if item is not None and name in REPORTS:
            item.setSelected(True)  # the focus makes a line current without choosing it
            report = REPORTS[name]
            self.purpose.setText(report.purpose)
            self.batch_button.setVisible(report.is_batch)
            self.desk.choose(report)

    def refresh(self) -> None:
        self.options.read()
        looked_at = (self.workspace.dossier, self.workspace.year)
        if looked_at != self._looked_at:  # another change leaves what was chosen as it is
            self._looked_at = looked_at
            self.options.reset()
        if self.list.currentItem() is None:
            self.list.setCurrentRow(1)
        else:
            self.desk.pause.start(0)

    def views(self) -> Iterable[tuple[str, Callable[[], object]]]:
        for name in ("dues-calls", "receipts-slip", "convocation", "decision-extract"):
            yield name, partial(self.choose, name)
        yield "", partial(self.choose, "finance")

    def _mark_ready(self, ready: bool) -> None:
        for one in (self.open_button, self.save_button, self.print_button):
            one.setEnabled(ready)
        self.batch_button.setEnabled(self.desk.has_letters())


def _column() -> QFrame:
    panel = QFrame()
    panel.setObjectName("panel")
    column = QVBoxLayout(panel)
    column.setContentsMargins(1, theme.px(4), 1, 1)
    column.setSpacing(theme.px(4))
    return panel
