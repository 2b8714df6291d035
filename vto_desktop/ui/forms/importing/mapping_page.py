"""Second step: how the file reads (sheet, encoding, headings), and what each of its columns holds."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import theme
from vto_desktop.ui.kit.fields import Field
from vto_desktop.ui.kit.inputs import ChoiceInput, NumberInput
from vto_desktop.ui.kit.panel import Banner, Panel, label, scrolled

if TYPE_CHECKING:
    from vto_desktop.exchange.table import Table
    from vto_desktop.services.importing import Layout

MOST: Final = 150  # columns that can be mapped in the window
SAMPLES, SAMPLE = 3, 48  # how many values of a column are shown, and how much of each


class MappingPage(QWidget):
    """Shows a table's columns with values of each; ``mapped`` tells that one was given another field."""

    mapped = Signal(int, str)
    reread = Signal(dict)
    """The file is to be read another way: sheet, encoding, separator."""
    headings_moved = Signal(int)
    """The number of the row of headings that was typed; 0 for none."""

    def __init__(self) -> None:
        super().__init__()
        self.inputs: dict[int, ChoiceInput] = {}
        self._fills = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self._how = QHBoxLayout()
        self._how.setSpacing(theme.px(12))
        column.addLayout(self._how)
        self.banner = Banner(parent=self)
        self.problem = Banner(parent=self)
        column.addWidget(self.banner)
        column.addWidget(self.problem)
        self.remembered = label("", "caption", wrap=True)
        column.addWidget(self.remembered)
        self.panel = Panel(padded=False)
        column.addWidget(self.panel, 1)
        self._grid: QWidget | None = None

    # --- how the file reads ----------------------------------------------------------------------

    def show_table(self, table: "Table", layout: "Layout") -> None:
        """Show a file just read, and how its columns are taken."""
        self._show_how(table, layout)
        sentences = [*table.problems, *_hidden(table)]
        self.banner.tell(" ".join(sentences), "warn")
        self._show_columns(table, layout)

    def _show_how(self, table: "Table", layout: "Layout") -> None:
        from vto_desktop.exchange.delimited import SEPARATORS
        from vto_desktop.exchange.encodings import ENCODINGS

        while (item := self._how.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if len(table.sheets) > 1:
            sheets = [(s.name, f"{s.name} (masquée)" if s.is_hidden else s.name) for s in table.sheets]
            self._choice("&Feuille", "sheet", sheets, table.sheet)
        if table.encoding:
            self._choice("E&ncodage", "encoding", list(ENCODINGS.items()), table.encoding)
            self._choice("Sé&parateur", "separator", list(SEPARATORS.items()), table.separator)
        number = NumberInput(0, 10**6, grouped=False)
        number.set_value(table.rows[layout.place][0] if layout.place >= 0 else 0)
        number.line.editingFinished.connect(lambda: self._moved(number))
        self.heading_row = number
        field = Field("&Ligne des titres", "row", number, hint="0 sans titres")
        field.setMaximumWidth(theme.px(140))
        self._how.addWidget(field)
        self._how.addStretch(1)

    def _choice(self, text: str, key: str, choices: Sequence[tuple[str, str]], value: str) -> None:
        made = ChoiceInput(choices)
        made.set_value(value)
        made.changed.connect(lambda: self.reread.emit({key: made.value()}))
        self._how.addWidget(Field(text, key, made))

    def _moved(self, number: NumberInput) -> None:
        if number.value() is not None and number.line.isModified():
            number.line.setModified(False)
            self.headings_moved.emit(number.value())

    # --- what columns hold -----------------------------------------------------------------------

    def _show_columns(self, table: "Table", layout: "Layout") -> None:
        from vto_desktop.services import importing

        if self._grid is not None:
            self._grid.deleteLater()
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(10))
        for place, text in enumerate(("Colonne du fichier", "Ce qu’elle contient", "Champ du dossier")):
            grid.addWidget(label(text, "caption"), 0, place)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 3)
        choices = [(field.key, field.label) for field in importing.fields(layout.kind)]
        self.inputs = {}
        for column, heading in enumerate(layout.headings[:MOST]):
            made = ChoiceInput(choices, empty="Ne pas importer")
            made.set_value(layout.key_of(column) or None)
            made.combo.setAccessibleName(f"Champ de la colonne {heading}")
            made.changed.connect(lambda column=column: self._chosen(column))
            self.inputs[column] = made
            named = label(heading, "strong", wrap=True)
            named.setToolTip(f"Colonne {importing.letters(column)}")
            grid.addWidget(named, column + 1, 0)
            grid.addWidget(label(samples(table, layout, column), "secondary", wrap=True), column + 1, 1)
            grid.addWidget(made, column + 1, 2)
        grid.setRowStretch(len(self.inputs) + 1, 1)
        if len(layout.headings) > MOST:
            more = french.count(
                len(layout.headings) - MOST, "colonne n’est pas montrée", "colonnes ne sont pas montrées"
            )
            grid.addWidget(label(f"{more}\u00a0: elles ne sont pas importées.", "caption"), MOST + 2, 0, 1, 3)
        self._grid = scrolled(inside)
        self.panel.add(self._grid, 1)

    def _chosen(self, column: int) -> None:
        if not self._fills:
            self.mapped.emit(column, self.inputs[column].value() or "")

    def show_mapping(self, mapping: Mapping[int, str]) -> None:
        """Show other fields for the same columns."""
        self._fills = True
        for column, made in self.inputs.items():
            made.set_value(mapping.get(column))
        self._fills = False

    def focus_first(self) -> None:
        """Put the cursor where the first column is mapped."""
        first: Any = next(iter(self.inputs.values()), None)
        if first is not None:
            first.combo.setFocus(Qt.FocusReason.OtherFocusReason)


def samples(table: "Table", layout: "Layout", column: int) -> str:
    """Return the first different values of a column, as « a · b · c »."""
    found: dict[str, None] = {}
    for _number, cells in table.rows[layout.place + 1 :]:
        text = " ".join(cells[column].split()) if column < len(cells) else ""
        if text:
            found[text if len(text) <= SAMPLE else f"{text[:SAMPLE]}…"] = None
        if len(found) == SAMPLES:
            break
    return " · ".join(found) or "colonne vide"


def _hidden(table: "Table") -> list[str]:
    """Return a sentence when what is read, or something else of the workbook, is hidden in it."""
    hidden = [sheet.name for sheet in table.sheets if sheet.is_hidden]
    if not hidden:
        return []
    quoted = french.listed([f"«\u00a0{name}\u00a0»" for name in hidden])
    if len(hidden) == 1:
        return [f"La feuille {quoted} est masquée dans le classeur."]
    return [f"Les feuilles {quoted} sont masquées dans le classeur."]
