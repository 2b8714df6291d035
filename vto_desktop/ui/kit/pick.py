"""A field that picks one of many by typing part of its name, with what tells namesakes apart."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal

from vto_desktop.ui.kit.look_up import Line, LookUpInput

Found = tuple[int, str, str]
MOST: Final = 50
NOTHING: Final = Line("Rien ne correspond")


class PickInput(LookUpInput):
    """Picks an id: ``search(text)`` gives (id, label, detail), best first; ``label_of(id)`` names a value.

    Empty text means None; a text that is no picked thing is a problem. ``others(text)`` gives lines to list
    below: things that can be made from elsewhere. ``create`` adds a last line « Créer “…” » that calls it
    with the text typed.
    """

    picked = Signal(object)

    def __init__(
        self,
        search: Callable[[str], Sequence[Found]],
        label_of: Callable[[int], str],
        *,
        placeholder: str = "Tapez une partie du nom",
        others: Callable[[str], Sequence[Line]] | None = None,
        create: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder)
        self._search, self._label_of, self._others, self._create = search, label_of, others, create
        self._id: int | None = None
        self._label = ""

    def value(self) -> int | None:
        return self._id if self._id is not None and self.text() == self._label else None

    def set_value(self, value: Any) -> None:
        self._id = value
        self._label = "" if value is None else self._label_of(int(value))
        self.line.setText(self._label)
        self._label = self.text()
        self.line.setCursorPosition(0)
        self.picked.emit(value)

    def problem(self) -> str:
        if not self.text() or self.value() is not None:
            return ""
        return "Choisissez dans la liste qui s’ouvre quand vous tapez."

    def typed(self) -> Any:
        return [self.value(), self.line.text()]

    def set_typed(self, typed: Any) -> None:
        match typed:
            case [int(identifier), str()]:
                self.set_value(identifier)
            case [None, str(text)]:
                super().set_typed(text)

    def normalise(self) -> None:
        """Take the only thing found when the field is left with part of a name."""
        super().normalise()
        if self.text() and self.value() is None:
            found = self._search(self.text())
            same = [f for f in found if f[1].casefold() == self.text().casefold()]
            if len(found) == 1 or len(same) == 1:
                self.take((same or list(found))[0][0])

    def show_all(self) -> None:
        """Open the list of what the text finds; of everything when a thing is picked already."""
        if not self.line.isReadOnly():
            self.line.setFocus()
            self.look_up("" if self.value() is not None else self.line.text())

    def take(self, identifier: int) -> None:
        """Pick a thing found."""
        self.popup.hide()
        same_text = self.line.text() == self._label_of(identifier)
        self.set_value(identifier)
        if same_text:
            self.changed.emit()  # one Celles for another: the text did not change, the value did

    def lines(self, text: str) -> Sequence[Line]:
        found = [
            Line(label, detail, partial(self.take, row_id))
            for row_id, label, detail in self._search(text)[:MOST]
        ]
        elsewhere = list(self._others(text)) if self._others is not None else []
        if self._create is not None and (typed := text.strip()):
            elsewhere.append(Line(f"Créer «\u00a0{typed}\u00a0»…", "", partial(self._create, self.text())))
        found += [
            replace(line, choose=line.choose and partial(self._open, line.choose)) for line in elsewhere
        ]
        return found or [NOTHING]

    def _open(self, choose: Callable[[], object]) -> None:
        """Open what makes the missing thing; what was picked before stays, should that be given up."""
        self.set_value(self._id)
        choose()
