"""Through the real window: papers of a meeting, printed from it or from Éditions; what they lack, mended."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from sqlalchemy import select

from tests.ui.driving import choose_in, click, opened, page_of, save, settle, type_into
from tests.ui.forms.test_papers import answer, ready, text
from tests.ui.pages import test_editions
from vto_desktop import french
from vto_desktop.model import Body, BodyKind, Decision, Mandate, Meeting
from vto_desktop.ui.forms.civil_status import CivilStatusForm
from vto_desktop.ui.forms.meeting import MeetingForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.kit import page_menu, theme
from vto_desktop.ui.kit.inputs import ChoiceInput
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages import editions
from vto_desktop.ui.pages.editions import EditionsPage
from vto_desktop.ui.pages.governance import GovernancePage, menu
from vto_desktop.ui.pages.governance.declaration import DeclarationDialog
from vto_desktop.ui.pages.governance.meetings.detail import MeetingDetail

FIRST_PAGE = "governance"

COUNCIL = "Conseil d’administration du 14 octobre 2021"
ELECTION = "Conseil d’administration du 2 décembre 2020"


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Return the window on a dossier where the council met again and decided twice."""
    with window.workspace.write("Inscrire une réunion") as session:
        council = session.scalars(select(Body).where(Body.kind == BodyKind.COUNCIL.value)).one()
        meeting = Meeting(
            body=council, held_on=date(2021, 10, 14), time="14:30", agenda="Budget 2022\nCotisations 2022"
        )
        session.add(meeting)
        session.flush()
        for number, title in enumerate(("Budget 2022", "Cotisations 2022"), 1):
            session.add(Decision(meeting_id=meeting.id, year=2021, number=number, title=title))
    settle()
    return window


@pytest.fixture
def detail(window: MainWindow) -> MeetingDetail:
    """Return the latest meeting, beside the list."""
    page = page_of(window, "governance", GovernancePage)
    page.tabs.setCurrentIndex(2)
    settle()
    return page.meetings.detail


def shown() -> PapersDialog:
    """Return the dialog that was opened, with its paper in sight."""
    dialog = opened(PapersDialog)
    ready(dialog)
    return dialog


def offered(choice: object) -> list[str]:
    """Return the texts that a field offers."""
    assert isinstance(choice, ChoiceInput)
    return [choice.combo.itemText(place) for place in range(choice.combo.count())]


@pytest.mark.parametrize(
    ("line", "count", "said"),
    [
        ("Convocation…", "18\u00a0convocations", "Jeudi 14 octobre 2021 à 14 h 30"),
        ("Feuille d’émargement…", "", "16 sièges. Chaque siège n’a qu’une voix"),
        ("Pouvoirs…", "17\u00a0pouvoirs", "pour me représenter au conseil d’administration"),
        ("Procès-verbal…", "", "2021-02 Cotisations 2022"),
        ("Extrait du registre des délibérations…", "", "Délibération n° 2021-01 Budget 2022"),
    ],
)
def test_each_paper_of_the_meeting_is_printed_from_it(
    detail: MeetingDetail, line: str, count: str, said: str
) -> None:
    click(detail.print_button)
    choose_in(detail.papers(), line)
    dialog = shown()
    assert dialog.windowTitle() == line.removesuffix("…")
    assert dialog.count.text() == count
    assert said in text(dialog)
    assert dialog.print_button.isEnabled()
    assert dialog.desk.options.meetings.meeting.isVisible()
    assert dialog.desk.options.meetings.decision.isVisible() is line.startswith("Extrait")
    assert not dialog.desk.options.year.isVisible()
    around = dialog.desk.options.meetings.meeting.findChildren(QLabel)
    assert "Jeudi 14 octobre 2021" in [each.text() for each in around]


def test_the_list_of_meetings_offers_the_papers_too(window: MainWindow, detail: MeetingDetail) -> None:
    page = window.page("governance")
    assert isinstance(page, GovernancePage)
    table = page.meetings.table
    earlier = table.rows.ids[1]
    act = next(each for each in table.acts_on(earlier) if each.text == "Imprimer…")
    act.slot(earlier)
    papers = next(each for each in detail.findChildren(QMenu) if each.isVisible())
    choose_in(papers, "Procès-verbal…")
    assert "Le mercredi 2 décembre 2020, le conseil d’administration" in text(shown())


def test_the_register_is_opened_from_governance(window: MainWindow, detail: MeetingDetail) -> None:
    page = window.page("governance")
    choose_in(page_menu.menu_of(page, menu.GROUPS), "Registre des délibérations…")
    settle()
    shown_page = window.page("editions")
    assert isinstance(shown_page, EditionsPage)
    test_editions.ready(shown_page)
    assert "Registre des délibérations 2021" in test_editions.text(shown_page)


def test_the_extract_is_of_the_deliberation_it_was_asked_from(detail: MeetingDetail) -> None:
    detail.tabs.setCurrentIndex(2)
    choose_in(detail.decisions.items.views[1].menu(), "Extrait pour la banque…")
    dialog = shown()
    assert "Délibération n° 2021-02 Cotisations 2022" in text(dialog)
    today = french.long_date(date.today())  # noqa: DTZ011 - it is signed on the day it is printed
    assert f"Fait le {today}" in text(dialog)
    options = dialog.desk.options.meetings
    assert offered(options.decision.input) == ["2021-01  Budget 2022", "2021-02  Cotisations 2022"]
    options.decision.input.set_value(options.decision.input.value() - 1)
    ready(dialog)
    assert "Délibération n° 2021-01 Budget 2022" in text(dialog)


def test_a_meeting_without_deliberation_offers_no_extract(detail: MeetingDetail, window: MainWindow) -> None:
    def extract_is_offered() -> bool:
        action = next(each for each in detail.papers().actions() if each.text().startswith("Extrait"))
        return action.isEnabled()

    assert extract_is_offered()
    with window.workspace.write("Vider") as session:
        for row in session.scalars(select(Decision).where(Decision.year == 2021)):
            session.delete(row)
    settle()
    assert not extract_is_offered()


def test_what_the_meeting_lacks_is_listed_and_completed_before_printing(
    detail: MeetingDetail, tmp_path: Path
) -> None:
    choose_in(detail.papers(), "Convocation…")
    dialog = shown()
    rows = dialog.desk.missing.rows()
    assert [each.what for each in rows[:3]] == [
        ("adresse", "signataire et sa fonction"), ("date de convocation", "lieu"), ("adresse",),
    ]  # fmt: skip
    assert "Projet, à compléter avant envoi" in text(dialog)
    click(dialog.save_button)
    message = opened(Message)
    assert "Il manque, pour le conseil d’administration du 14 octobre 2021" in message.sentence
    answer("Compléter d’abord")
    dialog.desk.missing.mend(1)
    form = opened(MeetingForm)
    type_into(form, "place", "Lodeve")
    type_into(form, "convened_on", "28/09/2021")
    save(form)
    ready(dialog)
    assert {each.table for each in dialog.desk.missing.rows()} == {"association", "organisation", "person"}
    assert "Lieu : Lodeve" in text(dialog)
    assert "Date 28/09/2021" in text(dialog)
    dialog.desk.batch(tmp_path)
    settle()
    assert len(list(tmp_path.glob("Convocation conseil d’administration 14-10-2021 *.pdf"))) == 18


def test_editions_offers_the_meetings_and_their_deliberations(window: MainWindow) -> None:
    page = page_of(window, "editions", EditionsPage)
    page.choose("decision-extract")
    test_editions.ready(page)
    options = page.options.meetings
    assert offered(options.meeting.input) == [COUNCIL, ELECTION]
    assert options.meeting.input.typed() == COUNCIL, "the latest, as none is to come"
    assert "Délibération n° 2021-01 Budget 2022" in test_editions.text(page)
    options.meeting.input.set_typed(ELECTION)
    test_editions.ready(page)
    assert offered(options.decision.input) == ["2020-01  Élection du bureau"]
    assert "Délibération n° 2020-01 Élection du bureau" in test_editions.text(page)
    page.choose("minutes")
    test_editions.ready(page)
    assert "Le mercredi 2 décembre 2020, le conseil" in test_editions.text(page), "the meeting stays chosen"
    assert not options.decision.isVisible()
    page.choose("decisions-register")
    test_editions.ready(page)
    assert offered(options.numbered.input) == ["2021", "2020"]
    assert "2 délibérations, numérotées de 2021-01 à 2021-02." in test_editions.text(page)


def test_long_names_leave_the_options_as_wide_as_their_panel(window: MainWindow) -> None:
    with window.workspace.write("Renommer") as session:
        for body in session.scalars(select(Body)):
            body.name = f"Commission {body.id} de la politique de la ville et des territoires d’Occitanie"
        for decision in session.scalars(select(Decision)):
            decision.title = "Approbation du compte rendu financier et du rapport moral de l’exercice"
    page = page_of(window, "editions", EditionsPage)
    window.workspace.settings.set("apparence", "dark")
    theme.apply(window.workspace.settings)  # every list is measured anew
    for name in ("board", "convocation", "decision-extract"):
        page.choose(name)
        test_editions.ready(page)
        assert page.options.width() <= theme.px(editions.WIDE), name


def test_a_meeting_without_deliberation_is_told_and_a_dossier_without_meeting_too(window: MainWindow) -> None:
    with window.workspace.write("Vider") as session:
        for row in session.scalars(select(Decision).where(Decision.year == 2021)):
            session.delete(row)
    page = page_of(window, "editions", EditionsPage)
    page.choose("decision-extract")
    test_editions.ready(page)
    assert "[AUCUNE_DELIBERATION]" in page.banner.sentence()
    assert not page.print_button.isEnabled()
    with window.workspace.write("Vider") as session:
        for decision in session.scalars(select(Decision)):
            session.delete(decision)
        for mandate in session.scalars(select(Mandate)):
            mandate.elected_at_id = None
        session.flush()
        for meeting in session.scalars(select(Meeting)):
            session.delete(meeting)
    page.choose("minutes")
    test_editions.ready(page)
    assert page.options.meetings.meeting.problem.startswith("Aucune réunion n’est inscrite")
    assert not page.print_button.isEnabled()


def test_the_list_of_officers_is_printed_from_the_declaration(window: MainWindow) -> None:
    declaration = DeclarationDialog(window.workspace, window)
    declaration.open()
    settle()
    click(declaration.print_button)
    dialog = shown()
    assert "Mme TOUET Magalie Présidente à renseigner à renseigner à renseigner" in text(dialog)
    assert len(dialog.desk.missing.rows()) == 8
    dialog.desk.missing.mend(1)
    form = opened(CivilStatusForm)
    type_into(form, "profession", "professeure")
    type_into(form, "nationality", "francaise")
    type_into(form, "address", "1 rue du Palais")
    save(form)
    ready(dialog)
    assert len(dialog.desk.missing.rows()) == 7
    assert "Mme TOUET Magalie Présidente professeure 1 rue du Palais francaise" in text(dialog)
    click(dialog.print_button)
    message = opened(Message)
    assert message.windowTitle() == "Cette liste est incomplète"
    assert [each.text() for each in message.findChildren(QPushButton)][-1] == "Continuer en projet"
