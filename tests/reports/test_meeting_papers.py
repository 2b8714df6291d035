"""What the papers of a meeting say in each case a secretary meets, and the room they leave to write in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.reports import samples_meetings as samples
from tests.reports.reading import DOCUMENTS, read, text_of
from tests.reports.samples import PRINTED_AT
from tests.reports.samples_papers import OWN
from vto_desktop.model import BodyKind, MeetingKind, Outcome, Presence
from vto_desktop.reports.charts.drawing import Shape
from vto_desktop.reports.grid import Column, Grid, Table, row
from vto_desktop.reports.meeting_pieces import outcome_sentence, votes_sentence
from vto_desktop.reports.paper import MM, Paper
from vto_desktop.reports.pdf import TextLine
from vto_desktop.reports.text import CAPTION
from vto_desktop.services.body_words import words_of
from vto_desktop.services.figures_meeting_papers import CalledSeat
from vto_desktop.services.figures_meetings import MeetingSeat, Quorum, QuorumLine, Sheet
from vto_desktop.services.figures_papers import Gap

ADOPTED, REJECTED, POSTPONED, NOTED = (each.value for each in Outcome)
ASSEMBLY = words_of("Assemblée générale", BodyKind.ASSEMBLY.value, "extraordinaire")


def printed(name: str, summary: Any) -> str:
    """Return the text of a document, on one line."""
    return " ".join(text_of(read(DOCUMENTS[name][0](summary))).split())


def convocation(**changes: Any) -> str:
    """Return the convocation of the sample meeting, changed."""
    meeting = replace(samples.MEETING, **changes)
    return printed("convocation", replace(samples.CONVOCATIONS, meeting=meeting, letters=(samples.CALLED,)))


def minutes(meeting: dict[str, Any] | None = None, **changes: Any) -> str:
    """Return the minutes of the sample meeting, changed."""
    changed = replace(samples.MEETING, **(meeting or {}))
    return printed("minutes", replace(samples.MINUTES, meeting=changed, **changes))


# --- convocation and power -----------------------------------------------------------------------


def test_a_convocation_says_what_when_and_where() -> None:
    text = convocation(words=ASSEMBLY, kind=MeetingKind.ON_SITE.value, link="")
    assert (
        "convoquer, en qualité de représentant·e (Alès Agglomération et GIP Politique de la Ville), à "
        in text
    )
    assert "à l’assemblée générale extraordinaire de l’association Villes et Territoires Occitanie" in text
    assert "Jeudi 14 octobre 2021 à 14 h 30 Lieu : Salle des mariages, Lodève Ordre du jour" in text
    assert "Visioconférence" not in text
    remote = convocation(kind=MeetingKind.REMOTE.value, place="")
    assert "à 14 h 30 Visioconférence : https://visio.exemple.fr/ca Ordre du jour" in remote
    assert "Lieu" not in remote


def test_a_convocation_without_address_is_a_draft_and_says_so_in_its_window() -> None:
    to = replace(samples.BORD, address=("GIP Politique de la Ville",))
    letter = replace(samples.CALLED, addressee=to, gaps=(Gap("adresse", "organisation", 1),))
    text = printed("convocation", replace(samples.CONVOCATIONS, letters=(letter,), gaps=()))
    assert "Projet, à compléter avant envoi : destinataire (adresse)." in text
    assert "GIP Politique de la Ville Adresse à renseigner" in text
    assert "Projet" not in printed("convocation", replace(samples.CONVOCATIONS, gaps=()))


def test_a_second_call_says_that_no_quorum_is_asked() -> None:
    assert "seconde convocation" not in convocation()
    assert "La réunion se tient sur seconde convocation : elle délibère quel que soit" in convocation(
        is_second_call=True
    )


def test_a_written_consultation_asks_for_answers_and_no_power() -> None:
    text = convocation(kind=MeetingKind.WRITTEN.value, time="", place="", link="")
    assert "vous consulter par écrit, en qualité" in text
    assert "au titre du conseil d’administration de l’association" in text
    assert (
        "Vos réponses sont attendues au plus tard : Jeudi 14 octobre 2021 Forme : Consultation écrite" in text
    )
    assert "Bon pour pouvoir" not in text
    assert "représenter" not in text


@pytest.mark.parametrize(
    ("powers", "said"),
    [
        (None, ""),
        (0, "Les règles du conseil d’administration n’admettent pas de pouvoir."),
        (1, "Une même personne ne peut tenir qu’un pouvoir."),
        (3, "Une même personne ne peut tenir plus de 3 pouvoirs."),
    ],
)
def test_the_rule_on_powers_is_written_out(powers: int | None, said: str) -> None:
    text = convocation(max_powers=powers)
    assert said in text
    assert ("Une même personne" in text) is bool(powers)
    assert ("Bon pour pouvoir" in text) is (powers != 0)


def test_an_agenda_of_two_pages_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    text = convocation(agenda=tuple(f"Point {n} de l’ordre du jour" for n in range(80)))
    assert all(f"Point {n} de" in text for n in (0, 40, 79))


# --- attendance sheet ----------------------------------------------------------------------------


def _rows(paper: Paper) -> Iterator[float]:
    """Yield the heights of the rows between two horizontal rules of the columns to write in."""
    for page in paper.pages:
        for mark in page:
            if isinstance(mark, Shape) and len(mark.points) == 2 and mark.points[0][0] == mark.points[1][0]:
                yield mark.points[1][1] - mark.points[0][1]


def test_every_seat_has_room_to_sign_and_every_page_its_head() -> None:
    layout, summary = DOCUMENTS["attendance-sheet"]
    alone = replace(samples.RECORDED[0].sitters[0], capacity="")  # one line: the lowest row
    seats = tuple(
        replace(samples.seat(f"Commune {n:03d}", "Serge BORD", row=n), sitters=(alone,)) for n in range(60)
    )
    spread = replace(summary, sheet=replace(samples.SHEET, seats=seats))

    paper = layout(spread)

    assert isinstance(paper, Paper)
    assert min(_rows(paper)) >= 10 * MM
    texts = [" ".join(page.extract_text().split()) for page in read(paper).pages]
    assert len(texts) > 2
    assert all("Siège Nom, qualité Signature Pouvoir tenu par" in text for text in texts if "Commune" in text)
    assert all(f"Commune {n:03d}" in " ".join(texts) for n in range(60))


def test_seats_are_gathered_by_college_and_strays_have_no_line() -> None:
    text = printed("attendance-sheet", samples.SIGNING)
    assert "Collectivités 5 Alès Agglomération" in text
    assert "Personnes physiques 1 Trésorier Didier LAPORTE" in text
    assert "6 sièges. Chaque siège" in text
    stray = tuple(replace(each, is_stray=each.label == "Lunel") for each in samples.RECORDED)
    text = printed("attendance-sheet", replace(samples.SIGNING, sheet=replace(samples.SHEET, seats=stray)))
    assert "Lunel" not in text
    assert "5 sièges. Chaque siège" in text


def test_a_body_without_seats_says_so() -> None:
    empty = replace(samples.SHEET, seats=())
    sentence = "Aucun siège n’est pourvu pour le conseil d’administration du 14 octobre 2021."
    assert sentence in printed("attendance-sheet", replace(samples.SIGNING, sheet=empty))
    assert sentence in minutes(sheet=empty)


def test_a_table_without_room_to_write_is_as_high_as_its_lines() -> None:
    paper = DOCUMENTS["attendance-sheet"][0](samples.SIGNING)
    assert isinstance(paper, Paper)
    plain = Table((Column("A", weight=1),), (row("x"),))
    assert Grid(paper, replace(plain, least=50)).height - Grid(paper, plain).height == pytest.approx(
        50 - 12 - 4.2
    )


# --- minutes -------------------------------------------------------------------------------------


def unrecorded(quorum: Quorum = samples.QUORUM) -> Sheet:
    """Return the sheet before anybody is marked."""
    seats: tuple[MeetingSeat, ...] = tuple(replace(each, recorded=None) for each in samples.RECORDED)
    return Sheet(1, seats, quorum, 2)


def test_minutes_say_the_rule_and_leave_room_while_nothing_is_recorded() -> None:
    text = minutes(sheet=unrecorded())
    assert "Aucune présence n’est inscrite au dossier : à compléter." in text
    assert "Le quorum est de 3 sur 6 sièges. Présents ou représentés : ………" in text
    assert "délibérer" not in text
    by_college = replace(samples.QUORUM, colleges=(QuorumLine("Collectivités", 5, 3, 0),))
    assert "Collectivités : le quorum est de 3 sur 5 sièges." in minutes(sheet=unrecorded(by_college))
    free = replace(samples.QUORUM, whole=QuorumLine("", 6, None, 0))
    assert "Aucun quorum n’est fixé pour cette instance." in minutes(sheet=unrecorded(free))
    second = replace(samples.QUORUM, is_second_call=True)
    assert "Seconde convocation, sans quorum. Présents" in minutes(sheet=unrecorded(second))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Le quorum étant atteint à 14 h 50, l’assemblée générale extraordinaire peut valablement"),
        ({"reached_at": ""}, "Le quorum étant atteint, l’assemblée générale extraordinaire peut valablement"),
        (
            {"whole": QuorumLine("", 6, 3, 2)},
            "Le quorum n’étant pas atteint, l’assemblée générale extraordinaire ne peut pas valablement",
        ),
        ({"is_second_call": True}, "L’assemblée générale extraordinaire peut valablement délibérer."),
    ],
)
def test_minutes_conclude_from_the_quorum(changes: dict[str, Any], said: str) -> None:
    sheet = replace(samples.SHEET, quorum=replace(samples.QUORUM, **changes))
    assert said in minutes({"words": ASSEMBLY}, sheet=sheet)


def test_minutes_open_as_the_meeting_was_held() -> None:
    assert (
        "l’assemblée générale extraordinaire de l’association Villes et Territoires Occitanie s’est réunie,"
        in (minutes({"words": ASSEMBLY}))
    )
    again = minutes({"is_second_call": True, "convened_on": None})
    assert "s’est réuni, sur seconde convocation." in again
    written = minutes({"kind": MeetingKind.WRITTEN.value, "convened_on": date(2021, 10, 1)})
    assert "La consultation écrite du conseil d’administration de l’association" in written
    assert "ouverte le 1er octobre 2021, a pris fin le jeudi 14 octobre 2021." in written
    assert "la séance est levée" not in written


def test_who_arrives_late_or_stands_in_is_said_in_the_right_gender() -> None:
    for woman, said in (
        (True, "arrivée à 14 h 50"),
        (False, "arrivé à 14 h 50"),
        (None, "arrivé·e à 14 h 50"),
    ):
        late = samples.seat("Vauvert", "X", row=1, presence=Presence.PRESENT, at="14:50", woman=woman)
        assert f"Vauvert X {said}" in minutes(sheet=replace(samples.SHEET, seats=(late,)))
    through = samples.RECORDED[1]
    for woman, said in (
        (True, "par sa suppléante, Anne PETIT"), (False, "par son suppléant, Anne PETIT"),
        (None, "suppléance : Anne PETIT"),
    ):  # fmt: skip
        sitters = tuple(replace(each, is_woman=woman) for each in through.sitters)
        assert said in minutes(sheet=replace(samples.SHEET, seats=(replace(through, sitters=sitters),)))
    doubted = replace(samples.RECORDED[2], doubt="Serge BORD n’est pas là : ce pouvoir ne compte pas.")
    assert "Serge BORD n’est pas là : ce pouvoir ne compte pas." in " ".join(
        minutes(sheet=replace(samples.SHEET, seats=(doubted,))).split()
    )


def test_minutes_without_agenda_or_decisions_leave_lines() -> None:
    layout, summary = DOCUMENTS["minutes"]
    empty = replace(
        summary, meeting=replace(samples.MEETING, agenda=(), chair=None), decisions=(), elected=()
    )
    text = printed("minutes", empty)
    assert "Président·e de séance" in text
    assert "Débats" not in text
    assert "Élections" not in text
    assert "Aucune délibération n’est encore inscrite au dossier." in text
    paper = layout(empty)
    assert isinstance(paper, Paper)
    ruled = [m for page in paper.pages for m in page if isinstance(m, Shape) and m.stroke == "#9aa5b1"]
    assert len(ruled) >= 8


# --- deliberations -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "outcome", "said"),
    [
        ((8, 0, 0), ADOPTED, "8 voix pour, 0 voix contre, 0 abstention. Délibération adoptée à l’unanimité."),
        ((8, 0, 2), ADOPTED, "8 voix pour, 0 voix contre, 2 abstentions. Délibération adoptée."),
        ((8, None, None), ADOPTED, "8 voix pour. Délibération adoptée."),
        ((1, 8, 0), REJECTED, "1 voix pour, 8 voix contre, 0 abstention. Délibération rejetée."),
        ((None, None, None), POSTPONED, " Délibération ajournée."),
        ((None, None, None), NOTED, " Dont acte."),
    ],
)
def test_votes_and_outcome_are_said(
    votes: tuple[int | None, int | None, int | None], outcome: str, said: str
) -> None:
    votes_for, against, abstained = votes
    each = replace(
        samples.BUDGET, votes_for=votes_for, votes_against=against, votes_abstained=abstained, outcome=outcome
    )
    assert " ".join(f"{votes_sentence(each)} {outcome_sentence(each)}".split()) == said.strip()


def test_what_was_not_counted_is_left_to_write_in_minutes_alone() -> None:
    each = replace(samples.BUDGET, votes_for=None, votes_against=None, votes_abstained=None)
    assert "Pour ……………… Contre ……………… Abstentions" in minutes(decisions=(each,))
    assert "Contre …" not in printed("decisions-register", replace(samples.REGISTER, decisions=(each,)))


def test_an_extract_names_the_association_and_who_certifies() -> None:
    text = printed("decision-extract", samples.EXTRACT)
    assert (
        "dont le siège est situé 12 rue de la République, 34000 Montpellier, SIRET 443 061 841 00047" in text
    )
    assert "Fait à Montpellier, le 2 novembre 2021 Trésorier Didier LAPORTE" in text
    assert "Projet" not in text
    draft = printed("decision-extract", replace(samples.EXTRACT, gaps=(Gap("RNA", "association", 1),)))
    assert "Projet, à compléter avant signature : association (RNA)." in draft


# --- the declaration -----------------------------------------------------------------------------


def test_the_list_of_officers_asks_what_the_form_asks_and_says_first_what_is_missing() -> None:
    text = printed("officers-declaration", samples.DECLARATION)
    head = text.index("À compléter Fiche Ce qui manque Didier LAPORTE la nationalité, le domicile")
    assert head < text.index("Nom, prénom Fonction Profession Domicile Nationalité")
    assert "Mme TOUET Magalie Présidente, Secrétaire professeure 3 rue du Lac 34600 Bédarieux" in text
    assert "M. LAPORTE Didier Trésorier cadre territorial à renseigner à renseigner" in text
    assert "2 personnes chargées de l’administration" in text
    assert "Dernier changement 14 octobre 2021" in text
    complete = replace(samples.DECLARATION, officers=samples.OFFICERS[:1])
    assert "À compléter" not in printed("officers-declaration", complete)
    assert "Projet" not in printed("officers-declaration", complete)


def test_a_body_with_a_very_long_name_never_prints_over_the_text() -> None:
    words = words_of("Commission " + "aménagement durable des territoires " * 7, BodyKind.OTHER.value)
    meeting = replace(samples.MEETING, words=words)

    paper = Paper(
        OWN, title="Procès-verbal", subtitle=meeting.name, dossier_name="x.vto", printed_at=PRINTED_AT
    )

    lines = [mark for mark in paper.pages[0] if isinstance(mark, TextLine)]
    assert sum(line.size == CAPTION.size for line in lines) > 6  # the name stands beside the title
    assert max(line.y for line in lines) < paper.y


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Présidente", "vous convoquer, en qualité de présidente, au conseil"),
        ("Administratrice", "vous convoquer, en qualité d’administratrice, au conseil"),
        ("Élue", "vous convoquer, en qualité d’élue, au conseil"),
    ],
)
def test_who_sits_in_person_is_called_by_the_office(label: str, said: str) -> None:
    seat = CalledSeat(label, is_member=False, capacity="", is_substitute=False)
    letter = replace(samples.CALLED, seats=(seat,), is_woman=True)
    assert said in printed("convocation", replace(samples.CONVOCATIONS, letters=(letter,)))
    assert f"Siège {label}" in printed("proxy", replace(samples.PROXIES, letters=(letter,)))
