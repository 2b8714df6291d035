"""A letter of the association: the addressee where a window envelope shows it, facts beside, a signature."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from vto_desktop.reports import draft, signature
from vto_desktop.reports.charts.drawing import Shape, line, rect
from vto_desktop.reports.letterhead import at_most
from vto_desktop.reports.paper import MM, RULE, TITLE, Paper, measured
from vto_desktop.reports.pdf import Bookmark
from vto_desktop.reports.signature import TO_FILL
from vto_desktop.reports.text import ACCENT, BODY, CAPTION, SECONDARY, Line, Run, Style, shortened, wrap
from vto_desktop.services.addressees import ADDRESS
from vto_desktop.services.figures_papers import Addressee, Gap, Issuer, Letters

WINDOW_X: Final = 110 * MM  # a DL envelope with its window at right, the sheet folded in three
_WINDOW_Y: Final = 50 * MM
_WINDOW_END: Final = 88 * MM
_FACTS: Final = 80 * MM  # width of the facts at left
_LABEL: Final = 96.0
_FACT_ROW: Final = 17.0
_MOST_LINES: Final = 6  # of an address, its name included

_NUMBER: Final = Style(12, 16, "semibold")
_NAME: Final = Style(11, 14.5, "semibold")
_ADDRESS: Final = Style(10.5, 14.5)
_VALUE: Final = Style(9.5, 12)
_CUT: Final = Style(9.5, 12, "semibold", ACCENT)
_BOX_TITLE: Final = Style(10.5, 14, "semibold", ACCENT)

_HOLDERS: Final = ("organisation", "person")
_WHERE: Final = {
    "association": "association",
    "meeting": "réunion",
    **dict.fromkeys(_HOLDERS, "destinataire"),
}

Fact = tuple[str, str]
"""What a letter is about: a label, and its value; without value it reads « à renseigner »."""


class Letter(Paper):
    """A paper sent to somebody; its text begins below the address."""

    def __init__(
        self,
        letters: Letters[Any],
        addressee: Addressee,
        *,
        title: str,
        below: str,
        subtitle: str,
        facts: Sequence[Fact],
        gaps: Iterable[Gap] = (),
        dossier_name: str,
        printed_at: datetime,
    ) -> None:
        self.issuer: Issuer = letters.issuer
        self.addressee = addressee
        self._below, self._facts = below, facts
        self._gaps = (*letters.gaps, *gaps)
        super().__init__(
            letters.head, title=title, subtitle=subtitle, dossier_name=dossier_name, printed_at=printed_at
        )

    def _title(self) -> None:
        """Put the title and the facts at left, the addressee at right."""
        if self._gaps:
            self._draft()
        name = self.ink.plain(self.addressee.name)
        below = self.ink.plain(self._below)
        self.bookmarks.append(Bookmark(", ".join(filter(None, (self.title, below, name))), 0, self.y))
        top = max(self.y + 8, _WINDOW_Y)
        y = top - 8
        for each in self._at_most(self.title, TITLE, _FACTS, 3):
            y = self.lines([each], self.left, y, TITLE)
        if below:
            y = self.lines(self._at_most(below, _NUMBER, _FACTS, 1), self.left, y + 1, _NUMBER)
        y = self._fact_rows(y + 9)
        self.y = max(y + 20, self._address(top) + 20, _WINDOW_END)

    def _draft(self) -> None:
        """Say on the paper itself that it is not fit to be sent yet, and why."""
        missing: dict[str, list[str]] = {}
        for gap in self._gaps:
            missing.setdefault(_WHERE.get(gap.table, "appel"), []).append(gap.what)
        self.y += 6
        where = [f"{name} ({', '.join(dict.fromkeys(found))})" for name, found in missing.items()]
        draft.show(self, "envoi", where)

    def _fact_rows(self, y: float) -> float:
        for label, value in self._facts:
            self.lines(self._at_most(label, _VALUE, _LABEL - 8, 1), self.left + 4, y + 2, _VALUE)
            runs = self._value(value, _FACTS - _LABEL - 4)
            end = self.lines(runs, self.left + _LABEL, y + 2, _VALUE)
            y = max(y + _FACT_ROW, end + 3)
            self.add([line(self.left, y, self.left + _FACTS, y, "#d3d9e0", 0.5)])
        return y

    def _value(self, value: str, width: float) -> list[Line]:
        if not value.strip():
            return self._at_most(TO_FILL, _VALUE._replace(face="italic", colour=SECONDARY), width, 1)
        return self._at_most(value, _VALUE._replace(face="semibold"), width, 2)

    def _address(self, y: float) -> float:
        to = self.addressee
        width = self.right - WINDOW_X
        name = " ".join(filter(None, (to.civility, to.name)))
        lines = self._at_most(name, _NAME, width, _MOST_LINES - 3)
        y = self.lines(lines, WINDOW_X, y, _NAME)
        for text in to.address[-(_MOST_LINES - len(lines)) :]:
            y = self.lines(self._at_most(text, _ADDRESS, width, 1), WINDOW_X, y, _ADDRESS)
        if any(gap.table in _HOLDERS and gap.what == ADDRESS for gap in self._gaps):
            grey = _ADDRESS._replace(face="italic", colour=SECONDARY)
            return self.lines(self._at_most(f"Adresse {TO_FILL}", grey, width, 1), WINDOW_X, y, grey)
        return y

    def _at_most(self, text: str, style: Style, width: float, most: int) -> list[Line]:
        return at_most(self.ink, text, style, width, most)

    # --- what letters share ----------------------------------------------------------------------

    def salutation(self) -> str:
        """Return « Madame, Monsieur », or the one that is right for a natural person."""
        return {"Mme": "Madame", "M.": "Monsieur"}.get(self.addressee.civility, "Madame, Monsieur")

    def box(self, title: str, rows: Sequence[Sequence[Run]]) -> None:
        """Print a framed box: its title, and rows each cut to one line."""
        high = 14 + 14 + len(rows) * BODY.leading + 6
        self.need(high)
        self.add([Shape(rect(self.left, self.y, self.width, high), None, ACCENT, 0.8)])
        inside, y = self.width - 26, self.y + 10
        y = self.lines(self._at_most(title, _BOX_TITLE, inside, 1), self.left + 13, y, _BOX_TITLE)
        for row in rows:
            *before, last = self.ink.runs(row, BODY)
            room = inside - sum(measured(run.text, _styled(run)) for run in before)
            cut = last._replace(text=shortened(last.text, _styled(last), room))
            y = self.lines(wrap([*before, cut], BODY, self.width * 2), self.left + 13, y, BODY)
        self.y += high

    def payment_box(self, title: str, reference: str) -> None:
        """Print how to pay: by transfer or cheque, and the reference to quote."""
        issuer, head = self.issuer, self.head
        number = Run(issuer.iban, "semibold") if issuer.iban else Run(TO_FILL, "italic", SECONDARY)
        bic = Run(issuer.bic, "semibold") if issuer.bic else Run(TO_FILL, "italic", SECONDARY)
        rows = [
            [Run("Par virement : IBAN "), number, Run(" · BIC "), bic],
            [Run("ou par chèque à l’ordre de "), Run(head.name, "semibold")],
            [Run("Référence à rappeler : "), Run(reference, "semibold")],
        ]
        self.box(title, rows)

    def sign(self, *, place: str = "") -> None:
        """Print who signs, with room for the hand; the example's notice stands beside."""
        self.space(14)
        self.need(signature.HIGH)
        if self.notice:
            self.show_notice(self.left, self.y, WINDOW_X - self.left - 8)
        signature.sign(self, self.issuer, WINDOW_X, place=place)

    def coupon(self, title: str, facts: Sequence[Fact]) -> None:
        """Put a slip to cut off at the foot of the page, where there is room for it."""
        high = 84.0
        if self.room < high + 8:
            return
        top = self.bottom - high
        self.add([line(self.left, top, self.right, top, RULE, 0.7, (3, 3))])
        self.lines(self._at_most(title, _CUT, self.width, 1), self.left, top + 6, _CUT)
        y, wide = top + 26, self.width / 2
        for place, (label, value) in enumerate(facts):
            x = self.left + wide * (place % 2)
            self.lines(self._at_most(label, CAPTION, 84, 1), x, y, CAPTION)
            said = value or TO_FILL
            style = _VALUE._replace(face="semibold") if value else _VALUE._replace(face="italic")
            self.lines(self._at_most(said, style, wide - 96, 1), x + 86, y - 0.5, style)
            y += 18.0 * (place % 2)


def _styled(run: Run) -> Style:
    return BODY._replace(face=run.face or BODY.face)
