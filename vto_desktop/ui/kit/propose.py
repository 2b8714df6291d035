"""A line of free text under which known things are proposed while one types; taking one is never imposed."""

from collections.abc import Sequence
from typing import Any, Final

from vto_desktop.ui.kit.look_up import Line, LookUpInput

SHORTEST: Final = 2  # letters below which everything would be proposed


class ProposeInput(LookUpInput):
    """Free text; subclass with ``propose``. Enter and Tab take the line that an arrow chose."""

    shows_chosen = False

    def propose(self, text: str) -> Sequence[Line]:
        """Return the lines that a text finds."""
        raise NotImplementedError

    def value(self) -> str:
        return self.text()

    def set_value(self, value: Any) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)

    def lines(self, text: str) -> Sequence[Line]:
        return self.propose(text) if len(text.strip()) >= SHORTEST else ()
