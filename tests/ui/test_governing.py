"""Governance through the real window: a representative is replaced and what hangs on the seat is proposed."""

from datetime import date

from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from tests.ui.driving import choose_in, click, opened, page_of, pick, problems, save, settle, type_into
from tests.ui.pages.members_rows import stand_on
from vto_desktop.model import Mandate, Person
from vto_desktop.ui.forms.ends import EndRepresentativeForm
from vto_desktop.ui.forms.replacement import ReplacementForm
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.governance import GovernancePage
from vto_desktop.ui.pages.members import MembersPage

GRAND_ORB = "Communauté de Communes du Grand Orb"


def members(window: MainWindow) -> MembersPage:
    """Return the page of members, standing on the member of the president, at its representatives."""
    page = page_of(window, "members", MembersPage)
    stand_on(page, GRAND_ORB)
    page.detail.tabs.setCurrentIndex(1)
    return page


def mandates_of(window: MainWindow, last_name: str) -> list[tuple[str, date | None]]:
    """Return office and end of the mandates of a person."""
    chosen = select(Mandate).join(Person).where(Person.last_name == last_name).order_by(Mandate.id)
    with window.workspace.read() as session:
        return [(row.office.label, row.ends_on) for row in session.scalars(chosen)]


def texts(form: EndRepresentativeForm | ReplacementForm) -> list[str]:
    """Return the mandates proposed."""
    return [box.text() for box in form.depending.box.boxes.values()]


def test_who_is_replaced_loses_what_hangs_on_the_seat_as_chosen_and_one_undo_brings_all_back(
    window: MainWindow,
) -> None:
    page = members(window)
    choose_in(page.representatives.items.views[0].menu(), "Remplacer…")
    form = opened(ReplacementForm)
    assert texts(form) == [
        "Magalie TOUET\u00a0: présidente (Bureau)",
        "Magalie TOUET\u00a0: membre (Conseil d’administration)",
    ]
    save(form)
    assert problems(form) == {"person_id": "Choisissez la personne qui remplace."}
    pick(form, "person_id", "perea")
    type_into(form, "capacity", "maire")
    type_into(form, "on", "1/7/21")
    save(form)
    assert page.representatives.items.texts() == ["François PEREA"]
    assert mandates_of(window, "TOUET") == [
        ("Président·e", date(2021, 7, 1)), ("Membre", date(2021, 7, 1)),
    ]  # fmt: skip
    assert mandates_of(window, "PEREA") == [("Membre", None), ("Membre", None)]  # his own seat, and this one
    governance = page_of(window, "governance", GovernancePage)
    assert "Présidente" not in [row[0] for row in _rows(governance)]
    window.undo()
    settle()
    assert _rows(governance)[0][:2] == ("Présidente", "Magalie TOUET")
    assert mandates_of(window, "TOUET") == [("Président·e", None), ("Membre", None)]
    assert mandates_of(window, "PEREA") == [("Membre", None)]


def test_a_mandate_left_unticked_goes_on(window: MainWindow) -> None:
    page = members(window)
    choose_in(page.representatives.items.views[0].menu(), "Mettre fin…")
    form = opened(EndRepresentativeForm)
    presidency = next(iter(form.depending.box.boxes.values()))
    click(presidency)
    type_into(form, "ends_on", "1/7/21")
    assert not next(iter(form.depending.box.boxes.values())).isChecked()  # the answer stays, the day moved
    save(form)
    assert mandates_of(window, "TOUET") == [("Président·e", None), ("Membre", date(2021, 7, 1))]
    window.undo()
    assert mandates_of(window, "TOUET") == [("Président·e", None), ("Membre", None)]


def test_a_seat_on_which_nothing_hangs_shows_no_list(window: MainWindow) -> None:
    page = members(window)
    stand_on(page, "Montpellier Méditerranée Métropole")
    with window.workspace.write("Vider") as session:
        for row in session.scalars(select(Mandate).join(Person).where(Person.last_name == "MANTION")):
            session.delete(row)
    settle()
    choose_in(page.representatives.items.views[1].menu(), "Mettre fin…")
    form = opened(EndRepresentativeForm)
    assert not form.depending.field.isVisible()
    type_into(form, "ends_on", "1/7/21")
    save(form)
    QApplication.processEvents()
    assert page.representatives.items.texts() == ["Clara GIMENEZ"]


def _rows(page: GovernancePage) -> list[tuple[object, ...]]:
    table = page.composition.table
    return [tuple(table.rows.values(row)) for row in range(table.rows.rowCount())]
