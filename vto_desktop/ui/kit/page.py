"""The base of every page: a title row with actions, a content area, and a refresh only when it is seen."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from vto_desktop.errors import UserError
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.panel import Banner, button, label
from vto_desktop.ui.kit.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MARGIN: Final = 24
GAP: Final = 16


class _Column(QVBoxLayout):
    """A page takes the height there is, down to its least, not the one that all its texts would like."""

    def hasHeightForWidth(self) -> bool:
        return False


class Page(QWidget):
    """One page of the side bar: subclass, ``build`` once, ``refresh`` from the dossier.

    ``shows`` names the tables it reads: a change in one of them refreshes the page when it is visible,
    else when it is next shown. ``refresh`` is never called without an open dossier.
    """

    title: ClassVar[str] = ""
    icon: ClassVar[str] = "circle"
    shows: ClassVar[frozenset[str]] = frozenset()
    opens: ClassVar[frozenset[str]] = frozenset()
    """Tables whose rows ``show_row`` can show, for links from other pages and from the search."""
    follows_year: ClassVar[bool] = True
    """Whether the page depends on the fiscal year looked at."""
    framed: ClassVar[bool] = False
    """Whether another page holds it: no title, no margins of its own."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.is_stale = True
        self._writers: list[QPushButton] = []
        self._lesser: dict[QPushButton, str] = {}
        self._room = 0
        outer = self._outer = _Column(self)
        edge = 0 if self.framed else theme.px(MARGIN)
        outer.setContentsMargins(edge, 0 if self.framed else theme.px(20), edge, edge)
        outer.setSpacing(theme.px(GAP))
        self.title_row = self._title_row()
        outer.addLayout(self.title_row)
        self.banner = Banner(parent=self)
        outer.addWidget(self.banner)
        self.content = QVBoxLayout()
        self.content.setSpacing(theme.px(GAP))
        outer.addLayout(self.content, 1)
        self.build()
        workspace.changed.connect(self._on_changed)
        workspace.opened.connect(self._on_opened)
        workspace.year_changed.connect(self._on_year)
        theme.look().changed.connect(self._mark)  # charts are drawn in the palette's colours

    def _title_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(GAP))
        self.heading = label(self.title, "title")
        self.notice = ChipLabel(Chip("", "warn"), icon="info", yields=True)
        self.notice.hide()
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.px(GAP))
        row.addWidget(self.heading)
        row.addWidget(self.notice)
        row.addStretch(1)
        row.addLayout(self._actions)
        if self.framed:
            self.heading.hide()
        return row

    # --- to override -----------------------------------------------------------------------------

    def build(self) -> None:
        """Lay the page out, once, without the dossier."""

    def refresh(self) -> None:
        """Show what the dossier holds now."""

    def focus_filter(self) -> None:
        """Put the cursor where one filters the page (Ctrl+F), if anywhere."""

    def open_item(self, identifier: int) -> None:
        """Show one row of this page (from the search of the whole dossier or another page)."""

    def show_row(self, table: str, row_id: int) -> None:
        """Show a row of a table in ``opens``; a page of one kind of row needs only ``open_item``."""
        self.open_item(row_id)

    @classmethod
    def holds(cls, session: "Session", table: str, row_id: int) -> bool:
        """Return whether a row is for this page, asked before it is made; several pages open receipts."""
        return table in cls.opens

    def views(self) -> Iterable[tuple[str, Callable[[], object]]]:
        """Return the page's other states worth a picture (``dev.py shots``): a name, and what shows it.

        A state without a name is not taken: it leaves the page as it was.
        """
        return ()

    def forms(self) -> Iterable[Callable[[], object]]:
        """Return what opens the page's forms, for pictures too."""
        return ()

    # --- room ------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """The width there is in the window: less than that of the page when one scrolls to a part of it."""
        return self._room or self.width()

    def in_area(self) -> QScrollArea:
        """Return the page in an area that scrolls to what a small window has no room for."""
        return _Area(self)

    def fit(self, room: int) -> None:
        """Lay out for a width; pages within the page too."""
        self._room = room
        self._fit_actions()
        for page in self.findChildren(Page):
            page.fit(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isWindow():
            self.fit(self.width())

    def _fit_actions(self) -> None:
        """Reduce lesser actions to their icons, one after the other, where they would not all fit."""
        for each, text in self._lesser.items():
            each.setText(text)
        edges = self._outer.contentsMargins()
        room = self.room - edges.left() - edges.right()
        for each in self._lesser:
            if self.title_row.minimumSize().width() <= room:
                break
            each.setText("")

    # --- title and actions -----------------------------------------------------------------------

    def set_title(self, text: str) -> None:
        """Change the title shown, for instance to add the year."""
        self.heading.setText(text)
        self._fit_actions()

    def primary(
        self, text: str, icon: str, slot: Callable[[], object], *, keys: str = "Ctrl+N", writes: bool = True
    ) -> QPushButton:
        """Add the page's one main action, at the far right; a read-only dossier disables what writes."""
        made = button(text, slot, icon=icon, kind="primary")
        made.setToolTip(keys)
        if keys:
            made.setShortcut(keys)
        self._actions.addWidget(made)
        if writes:
            self._writers.append(made)
        return made

    def primary_of(
        self, tabs: QTabWidget, *acts: tuple[str, str, Callable[[], object]]
    ) -> tuple[QPushButton, ...]:
        """Add the main action of each tab, in order; the button seen, and its keys, are those of the tab."""
        made = tuple(self.primary(*act) for act in acts)

        def follow(tab: int) -> None:
            for place, one in enumerate(made):
                one.setVisible(place == tab)
            self._fit_actions()

        tabs.currentChanged.connect(follow)
        follow(tabs.currentIndex())
        return made

    def action(
        self, text: str, slot: Callable[[], object], *, icon: str = "", writes: bool = False
    ) -> QPushButton:
        """Add an action at the left of the main one; ``writes`` disables it on a read-only dossier."""
        made = button(text, slot, icon=icon)
        if text and icon:
            self.name_action(made, text)
        self._actions.insertWidget(max(self._actions.count() - 1, 0), made)
        if writes:
            self._writers.append(made)
        return made

    def name_action(self, one: QPushButton, text: str) -> None:
        """Give a lesser action its text, or another one: its tip where there is room for the icon only."""
        self._lesser[one] = text
        one.setAccessibleName(text)
        one.setToolTip(text)
        self._fit_actions()

    def writers(self, *buttons: QPushButton) -> None:
        """Disable these too when the dossier is read-only."""
        self._writers.extend(buttons)

    # --- refreshing ------------------------------------------------------------------------------

    def refresh_now(self) -> None:
        """Refresh, and tell a refusal in the page's banner instead of leaving it half drawn."""
        if self.workspace.dossier is None:
            return
        self.is_stale = False
        notice = self.workspace.notice
        self.notice.set_chip(Chip(notice, "warn"))
        self.notice.setVisible(bool(notice) and not self.framed)
        for one in self._writers:
            one.setEnabled(not self.workspace.is_read_only)
        try:
            self.refresh()
        except UserError as refused:
            self.banner.tell(str(refused), "danger")
        else:
            self.banner.tell("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.is_stale:
            QTimer.singleShot(0, self, self._refresh_if_seen)  # paint the frame before the data

    def _refresh_if_seen(self) -> None:
        if self.is_stale and self.isVisible():
            self.refresh_now()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & self.shows:
            self._mark()

    def _on_opened(self) -> None:
        self._mark()

    def _on_year(self, _year: int) -> None:
        if self.follows_year:
            self._mark()

    def _mark(self) -> None:
        self.is_stale = True
        self._refresh_if_seen()


class _Area(QScrollArea):
    """A page as wide and high as the window has room for; where it needs more, it is scrolled."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("bare")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = page
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._page.fit(self.width())
