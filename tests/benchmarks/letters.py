"""Speed and memory of 500 calls for dues, a PDF each and all in one, beside the same texts drawn plainly."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.harness import Effort, Outcome, bound_line, compared, interleaved, median, timed
from vto_desktop import french
from vto_desktop.reports import dues_calls, fonts
from vto_desktop.reports.batch import Batch
from vto_desktop.reports.bundle import Bundle
from vto_desktop.reports.pdf import TextLine
from vto_desktop.services.figures import AssociationHead
from vto_desktop.services.figures_papers import Addressee, Call, Issuer, Letters

GOAL: Final = "PAPERS"
CALLS: Final = 500
_MOMENT: Final = datetime(2022, 2, 15, 9, 12)  # noqa: DTZ001 - the user's own clock
_DAY: Final = _MOMENT.date()
_HEAD: Final = AssociationHead(
    "Villes et Territoires Occitanie", "Centre de ressources", "12 rue de la République", "34000 Montpellier",
    "www.villes-et-territoires.fr", "", "", "443 061 841 00047", "W343012345", "", "",
)  # fmt: skip
_ISSUER: Final = Issuer(
    "12 rue de la République, 34000 Montpellier", "Montpellier", "443 061 841 00047", "W343012345",
    "FR76 3000 6000 0112 3456 7890 189", "AGRIFRPP", "TVA non applicable, article 293 B du CGI",
    "Didier LAPORTE", False, "Trésorier",
)  # fmt: skip


def calls(number: int) -> Letters[Call]:
    """Return calls to as many members, all complete."""
    return Letters(_HEAD, _ISSUER, 2021, _DAY, tuple(_call(n) for n in range(1, number + 1)))


def _call(number: int) -> Call:
    name = f"Communauté de communes du Pays numéro {number}"
    address = ("Hôtel de communauté", f"{number} avenue de la Gare", f"{30000 + number} Ville-{number}")
    to = Addressee(name, "", "collectivité", address, "200 066 918 00018", "", True, False)
    amount = 1_000_00 + number * 137
    return Call(
        number, to, 2021, f"2021-{number:03d}", "", _DAY, _DAY,
        f"{french.number(10_000 + number)} hab. × 0,04 € = {french.amount(amount)}", amount, amount, "",
        "en conseil d’administration le 2 décembre 2020",
    )  # fmt: skip


def bundle(letters: Letters[Call]) -> Bundle:
    """Return the calls ready to be drawn."""
    return dues_calls.layout(letters, dossier_name="x.vto", printed_at=_MOMENT)


def draw_each(letters: Letters[Call]) -> None:
    """Write one PDF for each call into a folder, as the program does."""
    with tempfile.TemporaryDirectory() as folder:
        Batch(bundle(letters), Path(folder)).write()


def draw_merged(letters: Letters[Call]) -> None:
    """Draw all calls into one file."""
    bundle(letters).draw(BytesIO())


# --- the reference -------------------------------------------------------------------------------

Text = tuple[float, float, str, str, float]
"""Where, what, in which font and size."""


def texts(letters: Letters[Call]) -> list[list[Text]]:
    """Return the texts of each call, laid out before the clock starts."""
    return [list(_texts(bundle(letters).paper(call))) for call in letters.letters]


def _texts(paper: Any) -> Iterable[Text]:
    for mark in [*paper.pages[0], *paper.furniture(0, 1)]:
        if isinstance(mark, TextLine):
            for piece in mark.pieces:
                yield mark.x, 842 - mark.y, piece.text, fonts.font_name(piece.face), mark.size
        elif hasattr(mark, "text"):
            yield mark.x, 842 - mark.y, mark.text, fonts.font_name(mark.face), mark.size


def plain_each(pages: list[list[Text]]) -> None:
    """Write each page as a file, a drawString for each text, nothing else: no layout, no line, no care."""
    from reportlab.pdfgen.canvas import Canvas

    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            canvas = Canvas(str(Path(folder) / f"{number}.pdf"), pageCompression=1)
            _plain_page(canvas, page)
            canvas.save()


def plain_merged(pages: list[list[Text]]) -> None:
    """Draw all pages so into one file."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(BytesIO(), pageCompression=1)
    for page in pages:
        _plain_page(canvas, page)
    canvas.save()


def _plain_page(canvas: Any, page: list[Text]) -> None:
    for x, y, text, font, size in page:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
    canvas.showPage()


# --- measuring -----------------------------------------------------------------------------------


def peak(name: str, number: int) -> float:
    """Return the most memory a fresh process ever held while drawing the calls. Megabytes."""
    code = (
        "from pathlib import Path; from tests.benchmarks import letters as m; "
        f"m.draw_{name}(m.calls({number})); "
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def measure(effort: Effort, *, number: int = CALLS) -> list[Outcome]:
    """Measure calls one by one and in one file: against plain drawing, by the second, and in memory."""
    letters = calls(number)
    pages = texts(letters)
    samples = interleaved(
        {
            "each": timed(lambda: draw_each(letters)),
            "plain each": timed(lambda: plain_each(pages)),
            "merged": timed(lambda: draw_merged(letters)),
            "plain merged": timed(lambda: plain_merged(pages)),
        },
        effort.starts,
    )
    outcomes = []
    for name, what, limit in (("each", "a PDF each", 2), ("merged", "in one PDF", 4)):
        said = f"{number} calls, {what} / drawString"
        outcomes.append(compared(GOAL, said, samples, f"plain {name}", name, limit=limit))
        rate = number * 1000 / median(samples[name])
        outcomes.append(Outcome(GOAL, f"calls a second, {what}", "–", f"{rate:.0f}", None, "–", holds=True))
        outcomes.append(bound_line(GOAL, f"memory of {number} calls, {what}", peak(name, number), 80, "MB"))
    return outcomes
