"""Charges and produits as two mirrored trees: forecast, actual, gap, totals; below, what is no result."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.execution import ExecutionClass, ExecutionRow, total_actual, total_forecast
from vto_desktop.services.placing import Axes
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.columns import Column, written
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.tree import Branch, Tree

OFF_BUDGET: Final = "hors budget"
EMPTY: Final = (
    "Rien de prévu ni de réalisé pour l’instant. «\u00a0Nouvelle ligne\u00a0» (Ctrl+N) ajoute une prévision."
)
NARROW: Final = 540
"""Below this width (pixels of the mocks) the gap in euros gives its place to the names."""
NAMES: Final = 200
"""What names keep beside the figures."""
MOST_ROWS: Final = 6


@dataclass(frozen=True)
class Behind:
    """What a row of the tree is made of: its title, its budget lines, its actual axes. Cents."""

    title: str
    line_ids: tuple[int, ...]
    axes: tuple[Axes, ...]
    forecast: int | None
    actual: int
    account_code: str


def columns(title: str) -> tuple[Column, ...]:
    """Return the columns of one side."""
    return (
        Column("name", title, width=0),
        Column("forecast", "Prévu", "amount", 96, muted=True),
        Column("actual", "Réalisé", "amount", 88),
        Column("gap", "Écart", "amount", 82, signed=True),
        Column("percent", "Écart %", "percent", 74, signed=True),
    )


class Side(QFrame):
    """One side of the budget; ``opened`` carries what a row is made of and the column asked."""

    opened = Signal(object, str)
    line_asked = Signal(str)
    """« Nouvelle ligne » was asked on an account: its code."""

    def __init__(self, title: str, in_kind: str, *, favours_less: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._in_kind = in_kind
        self._favours_less = favours_less
        self._behind: list[Behind] = []
        self._seen = False
        self.tree = Tree(columns(title))
        self.tree.setAccessibleName(title)
        self.total = TotalLine(self.tree)
        self._total_name = f"Total des {title.lower()}"
        self.outside = Tree(columns(title))
        self.outside.setAccessibleName(f"Hors résultat, {in_kind}")
        self.outside.setHeaderHidden(True)
        self.outside.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self.nothing = label(EMPTY, "secondary", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(48))
        column.addWidget(self.tree, 1)
        column.addWidget(self.nothing)
        column.addWidget(self.total)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.outside)
        column.addLayout(self._foot)
        self.tree.verticalScrollBar().rangeChanged.connect(lambda *_: self._align())
        for tree in (self.tree, self.outside):
            tree.opened.connect(lambda place, tree=tree: self._open(tree, place))
            tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            tree.customContextMenuRequested.connect(lambda at, tree=tree: self._pop_up(tree, at))
        self.outside.expanded.connect(lambda _index: self._fit_outside())
        self.outside.collapsed.connect(lambda _index: self._fit_outside())

    # --- showing ---------------------------------------------------------------------------------

    def show_classes(self, classes: Sequence[ExecutionClass], in_kind: Sequence[ExecutionClass]) -> None:
        """Show the classes of this side, and those that never enter the result."""
        self._behind = []
        branches = [self._class(each) for each in classes]
        if not self._seen and branches:  # first look: what deserves one stands open
            self._seen = True
            self.tree.unfold(*(b.key for b in branches if any(c.tones for c in b.below)))
        self.tree.show_branches(branches)
        self.nothing.setVisible(not branches)
        forecast, actual = total_forecast(classes), total_actual(classes)
        self.total.show_amounts(self._total_name, forecast, actual)
        self.outside.show_branches([self._outside(in_kind)])
        self._fit_outside()
        self._widen([*branches, *(below for branch in branches for below in branch.below)])

    def _widen(self, branches: Sequence[Branch]) -> None:
        """Give each column the room of its longest figure: one that is cut would read as another figure."""
        metrics = QFontMetrics(theme.font(10, 600, figures=True))
        least = {}
        for place, column in enumerate(self.tree.columns[1:], 1):
            texts = [self.total.texts()[column.key]]
            values = [branch.values[place] for branch in branches]
            texts += [written(column, value) for value in values if not isinstance(value, str)]
            least[column.key] = max(metrics.horizontalAdvance(text) for text in texts) + theme.px(18)
        self.tree.least = self.outside.least = least
        self._fit_columns()

    def _class(self, each: ExecutionClass) -> Branch:
        rows = tuple(row for row in each.rows)
        alone = len(rows) == 1 and rows[0].account_code == each.account_class
        name = f"{each.account_class} {each.label}".strip()
        branch = self._branch(name, each.forecast, each.actual, rows, each.account_class)
        branch.bold = True
        branch.key = each.account_class
        branch.below = [] if alone else [self._row(row) for row in rows]
        return branch

    def _row(self, row: ExecutionRow) -> Branch:
        subsidy = row.account_code.startswith("74")  # its funder says more than its account
        name = row.label if subsidy else f"{row.account_code} {row.label}".strip()
        return self._branch(name or row.account_code, row.forecast, row.actual, (row,), row.account_code)

    def _outside(self, in_kind: Sequence[ExecutionClass]) -> Branch:
        rows = tuple(row for each in in_kind for row in each.rows)
        known = [each.forecast for each in in_kind if each.forecast is not None]
        branch = self._branch(
            f"Hors résultat · {self._in_kind}",
            sum(known) if known else None,
            total_actual(in_kind),
            rows,
            self._in_kind[:2],
        )
        branch.key = self._in_kind[:2]
        branch.below = [self._row(row) for row in rows]
        if not known:  # nobody votes them, so nothing is « hors budget » here
            branch.values = (branch.values[0], None, total_actual(in_kind) or None, None, None)
            branch.tones = {}
        if not rows:
            branch.id = None
        return branch

    def _branch(
        self, name: str, forecast: int | None, actual: int, rows: Sequence[ExecutionRow], code: str
    ) -> Branch:
        line_ids = tuple(line_id for row in rows for line_id in row.line_ids)
        axes = tuple(each for row in rows for each in row.actual_axes)
        self._behind.append(Behind(name, line_ids, axes, forecast, actual, code))
        gap = actual - (forecast or 0)
        shown = OFF_BUDGET if forecast is None else forecast
        percent = None if not forecast else (gap, forecast)
        made = Branch(len(self._behind) - 1, (name, shown, actual, gap, percent))
        if forecast is None:
            made.tones = {"forecast": "warn"}
        elif forecast and abs(gap) * 10 >= forecast:
            if (gap < 0) == self._favours_less:
                made.strong = frozenset({"percent"})
            else:
                made.tones = {"gap": "danger", "percent": "danger"}
                made.strong = frozenset({"percent"})
        return made

    def _fit_outside(self) -> None:
        model = self.outside.model()
        first = model.index(0, 0)
        below = model.rowCount(first) if self.outside.isExpanded(first) else 0
        self.outside.setFixedHeight(theme.px(34) * min(1 + below, MOST_ROWS) + 2)

    def _align(self) -> None:
        """Keep the columns below those above when these have a scroll bar."""
        bar = self.tree.verticalScrollBar()
        self._foot.setContentsMargins(0, 0, bar.sizeHint().width() if bar.maximum() > 0 else 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        figures = sum(self.tree.least.values()) or theme.px(NARROW - NAMES)
        narrow = self.width() < max(theme.px(NARROW), figures + theme.px(NAMES))
        for tree in (self.tree, self.outside):
            tree.setColumnHidden(3, narrow)
            tree.fit()

    # --- what the user does ----------------------------------------------------------------------

    def _open(self, tree: Tree, place: int) -> None:
        index = tree.currentIndex()
        first = index.siblingAtColumn(0)
        clicked_name = index.column() == 0 and tree.model().hasChildren(first)
        if clicked_name and tree.underMouse():  # a double click on a class folds it, Enter opens its rows
            tree.setExpanded(first, not tree.isExpanded(first))
            return
        self.opened.emit(self._behind[place], tree.columns[index.column()].key)

    def behind(self, place: int) -> Behind:
        """Return what a line of the tree (its id) is made of."""
        return self._behind[place]

    def _pop_up(self, tree: Tree, at: QPoint) -> None:
        place = tree.current_id()
        if place is not None:
            self.menu(place).popup(tree.viewport().mapToGlobal(at))

    def menu(self, place: int) -> QMenu:
        """Return the menu of a line."""
        behind = self._behind[place]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        acts: tuple[tuple[str, str, bool, Callable[[], object]], ...] = (
            ("Voir ce qui est réalisé", "list", bool(behind.axes),
             lambda: self.opened.emit(behind, "actual")),
            ("Voir les lignes prévues", "table", bool(behind.line_ids),
             lambda: self.opened.emit(behind, "forecast")),
            ("Nouvelle ligne ici…", "plus", True, lambda: self.line_asked.emit(behind.account_code)),
        )  # fmt: skip
        for text, icon, enabled, slot in acts:
            made = menu.addAction(icons.icon(icon), text)
            made.setEnabled(enabled)
            made.triggered.connect(lambda _checked=False, slot=slot: slot())
        menu.addSeparator()
        menu.addAction("Tout déplier").triggered.connect(lambda _checked=False: self.tree.expandAll())
        menu.addAction("Tout replier").triggered.connect(lambda _checked=False: self.tree.collapseAll())
        return menu


class TotalLine(QWidget):
    """The total of a side, each figure below its column."""

    def __init__(self, tree: Tree) -> None:
        super().__init__()
        self._tree = tree
        self._texts: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tree.header().sectionResized.connect(lambda *_: self.update())

    def show_amounts(self, name: str, forecast: int, actual: int) -> None:
        """Show a total. Cents."""
        gap = actual - forecast
        self._texts = {
            "name": name,
            "forecast": french.amount(forecast),
            "actual": french.amount(actual),
            "gap": french.amount(gap, signed=True),
            "percent": french.percent(gap, forecast, decimals=1, signed=True),
        }
        self.setAccessibleName(", ".join(self._texts.values()))
        self.update()

    def texts(self) -> dict[str, str]:
        """Return what is shown."""
        return dict(self._texts)

    def sizeHint(self) -> QSize:
        return QSize(0, theme.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        painter.setPen(QColor(colours.border))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(theme.font(10, 600, figures=True))
        header = self._tree.header()
        for place, column in enumerate(self._tree.columns):
            if header.isSectionHidden(place):
                continue
            left, wide = header.sectionViewportPosition(place), header.sectionSize(place)
            lead = theme.px(26) if place == 0 else theme.px(8)
            where = QRect(left + lead, 1, wide - lead - theme.px(8), self.height() - 1)
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            painter.setPen(QColor(colours.secondary if column.muted else colours.text))
            painter.drawText(
                where, int(side | Qt.AlignmentFlag.AlignVCenter), self._texts.get(column.key, "")
            )
        painter.end()
