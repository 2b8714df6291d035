"""The chip that says at which day the list is seen: « Au 31/12/2021 »."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QMenu, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import icons
from vto_desktop.ui.kit.filters import FilterChip


class DateChip(FilterChip):
    """Always opens its menu: the usual days, another day, or every day (those who left included)."""

    def __init__(
        self,
        key: str,
        usual: Callable[[], list[tuple[date, str]]],
        ask: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        self._usual = usual
        self._ask = ask
        super().__init__(key, "À toutes les dates", usual, parent)

    def set_value(self, value: date | None, text: str = "") -> None:
        super().set_value(value)
        self.setText(f"Au {french.short_date(value)}" if value is not None else self.title)
        self.setIcon(icons.icon("chevron-down", "accent" if value is not None else "secondary"))
        self.setAccessibleName(f"{self.text()}, date de la liste")

    def _clicked(self) -> None:
        self.menu_of_choices().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu_of_choices(self) -> QMenu:
        menu = super().menu_of_choices()
        menu.addAction("Une autre date…").triggered.connect(lambda _=False: self._ask())
        menu.addSeparator()
        every = menu.addAction("À toutes les dates, départs compris")
        every.triggered.connect(lambda _=False: self.choose(None))
        return menu
