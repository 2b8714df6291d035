"""A meeting written by hand, as its papers should print it; and the officers as the declaration asks."""

from dataclasses import replace
from datetime import date

from tests.reports.samples_papers import ALES, ISSUER, OWN, TOUET
from vto_desktop.model import BodyKind, MeetingKind, Outcome, Presence
from vto_desktop.services.body_words import words_of
from vto_desktop.services.figures import MandateFigure
from vto_desktop.services.figures_declaration import Officer, OfficersDeclaration
from vto_desktop.services.figures_meeting_papers import (
    Called,
    CalledSeat,
    Extract,
    MeetingFigure,
    MeetingLetters,
    Minutes,
    Officiant,
    Register,
    SigningSheet,
)
from vto_desktop.services.figures_meetings import (
    DecisionFigure,
    MeetingSeat,
    Quorum,
    QuorumLine,
    Recorded,
    SeatKey,
    Sheet,
    Sitter,
)
from vto_desktop.services.figures_papers import Addressee, Gap

DAY = date(2021, 10, 14)
MEETING = MeetingFigure(
    meeting_id=1, words=words_of("Conseil d’administration", BodyKind.COUNCIL.value), title="Budget 2022",
    held_on=DAY, time="14\u00a0h\u00a030", kind=MeetingKind.MIXED.value, place="Salle des mariages, Lodève",
    link="https://visio.exemple.fr/ca", agenda=("Approbation du budget", "Cotisations 2022", "Divers"),
    convened_on=date(2021, 9, 28), is_second_call=False, chair=Officiant("Magalie TOUET", True),
    secretary=Officiant("Catherine PÉCASTAING", True), max_powers=2,
)  # fmt: skip

BORD = Addressee(
    "Alès Agglomération", "", "personne", ALES.address, "", "", is_public=False, is_person=True, member_id=1
)  # a person whose name is that of the other letters: the tests of all letters look for it
SEATS = (
    CalledSeat("Alès Agglomération", True, "maire de Saint-Julien-les-Rosiers", False),
    CalledSeat("GIP Politique de la Ville", True, "", False, ("Jeanne DURAND",)),
)
CALLED = Called(BORD, None, SEATS, True, "Convocation conseil d’administration 14-10-2021 Serge BORD")
CONVOCATIONS = MeetingLetters(
    head=OWN, issuer=ISSUER, year=2021, on=date(2021, 9, 28),
    letters=(
        CALLED,
        replace(
            CALLED, addressee=TOUET, is_woman=True, gives_power=False,
            seats=(CalledSeat("Communauté de Communes du Grand Orb", True, "", True),),
        ),
    ),
    gaps=(Gap("lieu", "meeting", 1),), meeting=MEETING,
)  # fmt: skip
PROXIES = replace(CONVOCATIONS, letters=(CALLED,), gaps=())


# --- attendance ----------------------------------------------------------------------------------


def seat(
    name: str, person: str, *, row: int, college: str = "Collectivités", presence: Presence | None = None,
    proxy: str = "", at: str = "", woman: bool | None = False,
) -> MeetingSeat:  # fmt: skip
    """Return a seat of a member, with one titular and a substitute."""
    recorded = None
    if presence is not None:
        recorded = Recorded(row, row, person, presence.value, row + 100 if proxy else None, proxy, at, "")
    sitters = (
        Sitter(row, person, woman, "élue déléguée", "", is_substitute=False),
        Sitter(row + 100, proxy or "Jeanne DURAND", True, "", "suppléante", is_substitute=True),
    )
    return MeetingSeat(SeatKey(row, None), name, "", college, sitters, recorded)


RECORDED = (
    seat("Alès Agglomération", "Serge BORD", row=1, presence=Presence.PRESENT, at="14:50"),
    seat("Vauvert", "Farouk MOUSSA", row=2, presence=Presence.SUBSTITUTE, proxy="Anne PETIT"),
    seat("Lunel", "Nourredine BENIATTOU", row=3, presence=Presence.PROXY, proxy="Serge BORD"),
    seat("Limoux", "Pierre DURAND", row=4, presence=Presence.EXCUSED),
    seat("Nîmes Métropole", "Richard TIBERINO", row=5, presence=Presence.ABSENT),
    replace(
        seat("", "Didier LAPORTE", row=6, college="Personnes physiques"),
        key=SeatKey(None, 6), label="Didier LAPORTE", office="Trésorier",
    ),
)  # fmt: skip
SENTENCE = (
    "Quorum\u00a0: la moitié des 6\u00a0sièges, soit 3\u00a0; 3\u00a0présents ou représentés\u00a0: atteint"
)
QUORUM = Quorum(QuorumLine("", 6, 3, 3), (), is_second_call=False, reached_at="14:50", sentences=(SENTENCE,))
SHEET = Sheet(1, RECORDED, QUORUM, 2)
SIGNING = SigningSheet(OWN, MEETING, SHEET)


# --- deliberations -------------------------------------------------------------------------------

BUDGET = DecisionFigure(
    decision_id=1, number="2021-03", title="Budget initial 2022",
    text="Le conseil d’administration adopte le budget 2022.\nIl s’équilibre à 412 000 €.", votes_for=3,
    votes_against=0, votes_abstained=0, outcome=Outcome.ADOPTED.value, meeting_id=1, held_on=DAY,
    body="Conseil d’administration", meeting_words="le conseil d’administration du 14 octobre 2021",
)  # fmt: skip
DECISIONS = (
    BUDGET,
    replace(
        BUDGET, decision_id=2, number="2021-04", title="Barème des cotisations 2022", text="", votes_for=2,
        votes_abstained=1,
    ),
    replace(
        BUDGET, decision_id=3, number="2021-05", title="Achat d’un véhicule", text="", votes_for=None,
        votes_against=None, votes_abstained=None, outcome=Outcome.POSTPONED.value,
    ),
    replace(
        BUDGET, decision_id=4, number="2021-06", title="Rapport d’activité", text="", votes_for=None,
        votes_against=None, votes_abstained=None, outcome=Outcome.NOTED.value,
    ),
)  # fmt: skip
ELECTED = (
    MandateFigure(
        1, "Trésorier", "Bureau", "Didier LAPORTE", "cadre territorial", "", DAY, date(2024, 10, 14), ""
    ),
)
MINUTES = Minutes(OWN, MEETING, SHEET, DECISIONS, ELECTED)
REGISTER = Register(OWN, 2021, DECISIONS)
EXTRACT = Extract(OWN, ISSUER, date(2021, 11, 2), MEETING, SHEET, BUDGET)


# --- the declaration -----------------------------------------------------------------------------

OFFICERS = (
    Officer(1, "Mme", "TOUET", "Magalie", "Présidente", "professeure", "française",
            "3 rue du Lac\n34600 Bédarieux", ()),
    Officer(2, "M.", "LAPORTE", "Didier", "Trésorier", "cadre territorial", "", "",
            ("la nationalité", "le domicile")),
    Officer(1, "Mme", "TOUET", "Magalie", "Secrétaire", "professeure", "française",
            "3 rue du Lac\n34600 Bédarieux", ()),
)  # fmt: skip
DECLARATION = OfficersDeclaration(OWN, ISSUER, date(2021, 12, 31), DAY, OFFICERS)
