"""Liste des dirigeants: what the declaration asks of each officer (cerfa 13971), what is missing first."""

from datetime import datetime
from typing import Final

from vto_desktop import french
from vto_desktop.reports import draft, signature
from vto_desktop.reports.grid import Cell, Column, Grid, Row, Table, row
from vto_desktop.reports.letter import WINDOW_X
from vto_desktop.reports.meeting_pieces import facts
from vto_desktop.reports.paper import Paper
from vto_desktop.reports.signature import TO_FILL, done_at
from vto_desktop.reports.text import CAPTION, SECONDARY, Run
from vto_desktop.services.figures_declaration import Officer, OfficersDeclaration

WHY: Final = (
    "Loi du 1er juillet 1901, article 5\u00a0: les changements de dirigeants se déclarent dans les 3 mois. "
    "Cette liste porte ce que demande le formulaire cerfa 13971 et ne sert qu’à la déclaration."
)
_COLUMNS: Final = (
    Column("Nom, prénom", weight=30), Column("Fonction", weight=23), Column("Profession", weight=25),
    Column("Domicile", weight=36), Column("Nationalité", weight=20),
)  # fmt: skip


def layout(summary: OfficersDeclaration, *, dossier_name: str, printed_at: datetime) -> Paper:
    """Lay out the list."""
    paper = Paper(
        summary.head, title="Liste des dirigeants", subtitle=f"Au {french.short_date(summary.on)}",
        dossier_name=dossier_name, printed_at=printed_at,
    )  # fmt: skip
    if not summary.officers:
        paper.section("Dirigeants", f"Personne n’est au bureau au {french.long_date(summary.on)}.", keep=0)
        return paper
    _missing(paper, summary)
    _association(paper, summary)
    held: dict[int, list[Officer]] = {}
    for each in summary.officers:
        held.setdefault(each.person_id, []).append(each)
    count = french.count(len(held), "personne chargée", "personnes chargées")
    day = french.long_date(summary.on)
    whose = f"de l’administration de l’association {summary.head.name} au {day}"
    paper.section("Dirigeants", f"{count} {whose}.")
    Grid(paper, Table(_COLUMNS, tuple(_row(same) for same in held.values()), padding=3)).draw()
    paper.y += 8
    paper.need(signature.HIGH + 40)
    paper.paragraph(WHY, CAPTION, after=12)
    signature.sign(paper, summary.issuer, WINDOW_X, place=done_at(summary.issuer, summary.on))
    return paper


def _missing(paper: Paper, summary: OfficersDeclaration) -> None:
    """Print first what the list lacks, a row each."""
    found = summary.incomplete()
    if not found:
        return
    paper.y += 6
    draft.show(paper, "dépôt", [f"{french.count(len(found), 'fiche')} ci-dessous"])
    paper.section("À compléter", keep=30)
    rows = tuple(row(each.whose, ", ".join(each.what)) for each in found)
    Grid(paper, Table((Column("Fiche", weight=30), Column("Ce qui manque", weight=70)), rows)).draw()


def _association(paper: Paper, summary: OfficersDeclaration) -> None:
    paper.section("Association", keep=40)
    known = [("Nom", summary.head.name), ("N° RNA", summary.issuer.rna), ("Siège", summary.issuer.seat)]
    if summary.issuer.siret:
        known.append(("SIRET", summary.issuer.siret))
    if summary.changed_on is not None:
        known.append(("Dernier changement", french.long_date(summary.changed_on)))
    facts(paper, known)


def _row(same: list[Officer]) -> Row:
    """Return a person with all the offices held."""
    each = same[0]
    name = " ".join(filter(None, (each.civility, each.last_name, each.first_name)))
    offices = ", ".join(dict.fromkeys(officer.office for officer in same))
    home = tuple((Run(text),) for text in each.address.splitlines() if text.strip())
    return row(
        Cell(((Run(name, "semibold"),),)), offices, _known(each.profession),
        Cell(home) if home else _known(""), _known(each.nationality),
    )  # fmt: skip


def _known(text: str) -> Cell:
    run = Run(text) if text.strip() else Run(TO_FILL, "italic", SECONDARY)
    return Cell(((run,),))
