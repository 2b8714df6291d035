"""A field for euros per inhabitant, to the ten-thousandth: ``0,04`` is 400."""

import re
from typing import Any

from vto_desktop.services.scales import written_rate
from vto_desktop.ui.kit.inputs import LineInput

MOST = 10**8


class RateInput(LineInput):
    """Ten-thousandths of a euro; None when empty."""

    def __init__(self) -> None:
        super().__init__(20, right=True)

    def value(self) -> int | None:
        bare = re.sub(r"[\s\u00a0\u202f€]+", "", self.text()).replace(".", ",")
        match = re.fullmatch(r"(\d{0,5})(?:,(\d{1,4}))?", bare, re.ASCII)
        if match is None or not (match[1] or match[2]):
            return None
        rate = int(match[1] or 0) * 10_000 + int((match[2] or "0").ljust(4, "0"))
        return rate if rate <= MOST else None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else written_rate(int(value)))

    def problem(self) -> str:
        if not self.text() or self.value() is not None:
            return ""
        return "Indiquez un montant en euros par habitant, par exemple 0,04."

    def normalise(self) -> None:
        if (value := self.value()) is not None:
            self.set_value(value)
