"""Money and reminders of dues through the real window: a bank slip, a payment spread, reminders by level."""

from datetime import date, timedelta
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.ui.driving import (
    choose_in,
    click,
    count,
    is_open,
    opened,
    page_of,
    problems,
    refusal,
    save,
    settle,
    type_into,
)
from vto_desktop import french
from vto_desktop.model import Dues, DuesCampaign, FiscalYear, Member, Receipt, Reminder
from vto_desktop.services import reminders, result
from vto_desktop.ui.forms.dues_receipt import DuesReceiptForm
from vto_desktop.ui.forms.papers import PapersDialog
from vto_desktop.ui.forms.reminders import RemindersForm
from vto_desktop.ui.forms.slip import SlipForm
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.pick import PickInput
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.pages.dues import DuesPage

FIRST_PAGE = "dues"

TODAY = date.today()  # noqa: DTZ011 - the forms read the user's own calendar day


def plain(text: str) -> str:
    return text.replace(french.NBSP, " ").replace(french.THIN, " ")


@pytest.fixture
def workspace(window: MainWindow) -> Workspace:
    """Return the workspace of the window."""
    return window.workspace


@pytest.fixture
def page(window: MainWindow, workspace: Workspace) -> DuesPage:
    """Return the page in the window: nobody has paid 2021, Alès and Vauvert owe 2020 too."""
    with workspace.write("Ne rien avoir reçu") as session:
        session.execute(delete(Receipt).where(Receipt.dues_id.is_not(None)))
        year = session.scalars(select(FiscalYear).where(FiscalYear.year == 2020)).one()
        campaign = DuesCampaign(fiscal_year=year, name="Cotisations 2020")
        for number, start in enumerate(("ales", "vauvert"), 1):
            session.add(
                Dues(campaign=campaign, member_id=member_id(session, start), amount=10_000,
                     number=f"2020-{number:03d}", called_on=date(2020, 2, 1), due_on=date(2020, 6, 30))
            )  # fmt: skip
    return page_of(window, "dues", DuesPage)


def member_id(session: Session, start: str) -> int:
    return session.scalars(select(Member.id).where(Member.sort_key.startswith(start))).one()


def dues_id(workspace: Workspace, start: str, year: int = 2021) -> int:
    chosen = select(Dues.id).join(DuesCampaign).join(FiscalYear).join(Member, Dues.member_id == Member.id)
    with workspace.read() as session:
        return session.scalars(chosen.where(FiscalYear.year == year, Member.sort_key.startswith(start))).one()


def got(workspace: Workspace, row_id: int) -> list[int]:
    with workspace.read() as session:
        return list(
            session.scalars(select(Receipt.amount).where(Receipt.dues_id == row_id).order_by(Receipt.id))
        )


def income(workspace: Workspace, year: int) -> int:
    """Return what counts on 756 in a fiscal year."""
    with workspace.read() as session:
        groups = result.income_groups(session, result.fiscal_year(session, year))
    return sum(group.amount for group in groups if group.account_code == "756")


# --- a bank slip ---------------------------------------------------------------------------------

PAYERS = (
    "ales",
    "carcassonne",
    "nimes",
    "sete",
    "vauvert",
    "limoux",
    "lezignan",
    "grand orb",
    "laporte",
    "ess",
)


def keys(text: str) -> None:
    """Type where the cursor is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    QApplication.processEvents()


def enter(payer: str, reference: str, amount: str = "") -> None:
    """Type a line by keys alone: the payer, Enter to pick, the amount proposed or another, the cheque."""
    keys(payer)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    if amount:
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit)
        focused.selectAll()
        keys(amount)
    press(Qt.Key.Key_Return)
    keys(reference)
    press(Qt.Key.Key_Return)


@pytest.fixture
def slip(page: DuesPage) -> SlipForm:
    """Open « Saisie groupée… », the cursor in its first line."""
    click(page.slip_button)
    form = opened(SlipForm)
    form.activateWindow()
    form.lines.setFocus()
    QApplication.processEvents()
    return form


def test_ten_payments_of_a_slip_are_typed_by_keys_and_kept_in_one_step(
    slip: SlipForm, page: DuesPage, workspace: Workspace
) -> None:
    before = income(workspace, TODAY.year) if TODAY.year in (2020, 2021) else 0
    type_into(slip, "name", "Remise 2021-07")
    type_into(slip, "received_on", "10/09/21")
    slip.lines.setFocus()
    for number, payer in enumerate(PAYERS, 1):
        enter(payer, f"CH{number}")
    assert len(list(slip.lines.filled())) == 10
    total = slip.sums.text().split("\u00a0: ")[1]
    assert plain(slip.sums.text()).startswith("10 encaissements : ")
    first = slip.lines.rows[0]
    assert first.cell("amount").value() == 552_704 + 10_000  # both years
    assert first.cell("what").value() == "2\u00a0cotisations"
    type_into(slip, "total", "100")
    assert "de trop" in " ".join(problems(slip).values()) or "de trop" in slip.fields["total"]._below.text()
    save(slip)
    assert "Corrigez l’un ou l’autre" in problems(slip)["total"]
    type_into(slip, "total", "".join(c for c in total if c in "0123456789,"))
    assert slip.fields["total"]._below.text() == "La saisie fait ce total"
    save(slip)
    assert not is_open(SlipForm)
    assert count(workspace, Receipt) == _instalments(workspace) + 12  # two of them settle two years each
    with workspace.read() as session:
        rows = session.scalars(select(Receipt).where(Receipt.slip == "Remise 2021-07")).all()
        assert len(rows) == 12
        assert {(row.received_on, row.means) for row in rows} == {(date(2021, 9, 10), "Chèque")}
        assert len({row.payment for row in rows if row.payment is not None}) == 2
        assert sum(row.amount for row in rows) == french.parse_amount(total)
    assert got(workspace, dues_id(workspace, "ales", 2020)) == [10_000]
    assert income(workspace, 2021) == french.parse_amount(total)
    assert before == 0
    settle()
    assert str(page.table.rows.values(0)[1]) == "Réglée"
    workspace.undo()
    assert count(workspace, Receipt) == _instalments(workspace)
    assert income(workspace, 2021) == 0


def _instalments(workspace: Workspace) -> int:
    with workspace.read() as session:
        return len(session.scalars(select(Receipt.id).where(Receipt.instalment_id.is_not(None))).all())


def test_the_table_of_a_slip_takes_the_room_and_scrolls_only_when_full(slip: SlipForm) -> None:
    def bottom(name: str) -> int:
        field = slip.fields[name]
        return field.mapTo(slip, field.rect().bottomLeft()).y()

    above = slip.fields["lines"].mapTo(slip, QPoint()).y() - bottom("total")
    assert above < slip.fields["lines"].height() / 4
    assert slip.sums.mapTo(slip, QPoint()).y() - bottom("lines") < slip.fields["lines"].height() / 4
    area = slip.lines.findChild(QScrollArea)
    assert area is not None
    assert not area.verticalScrollBar().isVisible()
    for _payment in range(15):
        slip.lines.add_row({"amount": 100})
    settle()
    assert area.verticalScrollBar().isVisible()
    title = next(one for one in slip.lines.findChildren(QLabel, "caption") if one.text() == "Montant")
    amount = slip.lines.rows[0].cell("amount")
    ends = [one.mapTo(slip, one.rect().topRight()).x() for one in (title, amount)]
    assert abs(ends[0] - ends[1]) <= 1, "titles stand above their cells, with the scroll bar as without"


def test_problems_of_a_slip_stand_by_their_cell(slip: SlipForm, workspace: Workspace) -> None:
    with workspace.write("Invité") as session:
        session.add(Member(person_id=1, college_id=1, search_key="zoe invitee", sort_key="zoe"))
    enter("vauvert", "1", "50")
    enter("zoe", "2", "20")
    enter("carcassonne", "3", "12x")
    keys("nobody at all")
    press(Qt.Key.Key_Tab)
    keys("5")
    before = count(workspace, Receipt)
    save(slip)
    found = [row.problems() for row in slip.lines.filled()]
    assert set(found[2]) == {"amount"}
    assert "12x" in found[2]["amount"]
    assert "Choisissez dans la liste" in found[3]["member_id"]
    assert count(workspace, Receipt) == before
    slip.lines.rows[2].cell("amount").set_value(1_200)
    cast("PickInput", slip.lines.rows[3].cell("member_id")).line.clear()
    save(slip)
    found = [row.problems() for row in slip.lines.filled()]
    assert found[0] == found[2] == {}
    assert "appelez-le d’abord" in found[1]["member_id"]
    assert found[3] == {"member_id": "Choisissez l’adhérent."}
    assert plain(slip.summary.text()) == "2 problèmes à corriger"
    for place in (3, 1):
        slip.lines.remove(slip.lines.rows[place])
    save(slip)
    assert count(workspace, Receipt) == before + 2
    assert got(workspace, dues_id(workspace, "vauvert", 2020)) == [5_000]


def test_a_line_goes_with_its_keys_and_too_much_is_told(slip: SlipForm) -> None:
    enter("carcassonne", "1", "9999")
    row = slip.lines.rows[0]
    assert plain(row.below()) == "5 315,24 € de plus que ce qui reste : trop-perçu."
    enter("carcassonne", "2", "10")
    assert "10\u00a0€" in slip.lines.rows[1].below()
    assert len(slip.lines.rows) == 3
    row.cell("amount").setFocus()
    QTest.keyClick(row.cell("amount").editor, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [each.cell("reference").value() for each in slip.lines.filled()] == ["2"]
    slip.input("means").set_value("Espèces")
    assert {each.cell("means").value() for each in slip.lines.rows} == {"Espèces"}


def test_a_slip_left_half_way_is_found_again(slip: SlipForm, page: DuesPage) -> None:
    enter("vauvert", "77")
    slip.keep_draft()
    slip.hide()
    page.enter_slip()
    again = opened(SlipForm)
    assert "[BROUILLON_RETROUVE]" in again.draft_banner.sentence()
    again.draft_banner.findChildren(type(page.slip_button))[0].click()
    (row,) = again.lines.filled()
    assert row.cell("reference").value() == "77"
    assert row.cell("member_id").value() is not None


# --- one payment ---------------------------------------------------------------------------------


def test_one_payment_is_spread_over_two_years_mended_and_taken_back(
    page: DuesPage, workspace: Workspace
) -> None:
    now, before = dues_id(workspace, "vauvert"), dues_id(workspace, "vauvert", 2020)
    page.open_item(now)
    click(page.receive_button)
    form = opened(DuesReceiptForm)
    assert form.input("amount").value() == 58_355
    assert form.parts_field.isVisible()
    type_into(form, "received_on", "10/09/21")
    type_into(form, "amount", "650")
    assert form.split.value() == {now: 58_355, before: 6_645}
    assert "Il restera 33,55 €" in plain(form.fields["amount"]._below.text())
    first = form.split.rows[0].cell("amount").editor
    first.setFocus()
    assert isinstance(first, QLineEdit)
    first.selectAll()
    QTest.keyClicks(first, "500")
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert "83,55 € à répartir" in plain(form.parts_field._below.text())
    save(form)
    assert "il reste 83,55 € à répartir" in plain(problems(form)["parts"])
    form.split.rows[1].cell("amount").set_value(15_000)
    save(form)
    assert (got(workspace, now), got(workspace, before)) == ([50_000], [15_000])
    assert income(workspace, 2021) == 65_000
    settle()
    assert "Part d’un paiement de 650 €" in plain(page.receipts.views[0].item.captions[1])
    choose_in(page.receipts.views[0].menu(), "Modifier…")
    again = opened(DuesReceiptForm)
    assert again.input("amount").value() == 65_000
    assert again.split.value() == {now: 50_000, before: 15_000}
    type_into(again, "reference", "VIR 9")
    save(again)
    settle()
    choose_in(page.receipts.views[0].menu(), "Supprimer")
    assert (got(workspace, now), got(workspace, before)) == ([], [])
    assert income(workspace, 2021) == 0
    workspace.undo()
    assert income(workspace, 2021) == 65_000


def test_one_pays_for_another_too(page: DuesPage, workspace: Workspace) -> None:
    own, other = dues_id(workspace, "nimes"), dues_id(workspace, "carcassonne")
    page.acts.receive(own)
    form = opened(DuesReceiptForm)
    assert not form.parts_field.isVisible()
    QTest.keyClicks(form.other.line, "carcass")
    QTest.keyClick(form.other.line, Qt.Key.Key_Return)
    assert form.parts_field.isVisible()
    assert form.other.value() is None
    type_into(form, "amount", "12000")
    assert form.split.value() == {own: 1_062_964, other: 137_036}
    settle()
    assert not form._area.verticalScrollBar().isVisible(), "the form grew with its rows"
    save(form)
    assert got(workspace, other) == [137_036]


def test_too_much_is_shown_as_such(page: DuesPage, workspace: Workspace) -> None:
    row_id = dues_id(workspace, "nimes")
    page.acts.receive(row_id)
    form = opened(DuesReceiptForm)
    type_into(form, "amount", "10679,64")
    assert "50 € de plus que ce qui reste : trop-perçu" in plain(form.fields["amount"]._below.text())
    save(form)
    page.open_item(row_id)
    settle()
    assert "Trop-perçu" in [
        chip.text for chip in (page.table.rows.values(page.table.rows.row_of(row_id))[1],)
    ]
    assert "trop-perçu 50 €" in plain(page.totals_label.text())
    assert "trop-perçu 50 €" in plain(page.head.cards["received"].toolTip())


# --- reminders -----------------------------------------------------------------------------------


@pytest.fixture
def late(page: DuesPage, workspace: Workspace) -> DuesPage:
    """Let three be late, one of them reminded 31 days ago and one 5 days ago; the others have time."""
    with workspace.write("Retards") as session:
        for row in session.scalars(select(Dues)):
            row.due_on = TODAY + timedelta(10)
    with workspace.write("Retards") as session:
        for start, days in (("ales", 10), ("carcassonne", 45), ("nimes", 90)):
            chosen = (
                select(Dues).join(DuesCampaign).join(FiscalYear).join(Member, Dues.member_id == Member.id)
            )
            row = session.scalars(
                chosen.where(FiscalYear.year == 2021, Member.sort_key.startswith(start))
            ).one()
            row.due_on = TODAY - timedelta(days)
            if start != "ales":
                sent = TODAY - timedelta(31 if start == "carcassonne" else 5)
                session.add(Reminder(dues_id=row.id, level=1, sent_on=sent, amount=row.amount))
    settle()
    return page


def sent(workspace: Workspace) -> dict[str, list[int]]:
    """Return the levels of reminders sent, by the beginning of the name."""
    chosen = select(Member.sort_key, Reminder.level).join(Dues, Reminder.dues_id == Dues.id).join(
        Member, Dues.member_id == Member.id
    )  # fmt: skip
    found: dict[str, list[int]] = {}
    with workspace.read() as session:
        for name, level in session.execute(chosen.order_by(Reminder.level)):
            found.setdefault(name.split()[0], []).append(level)
    return found


def test_the_reminders_that_are_ready_are_recorded_in_one_step(late: DuesPage, workspace: Workspace) -> None:
    click(late.remind_button)
    form = opened(RemindersForm)
    assert form.late.table.rows.rowCount() == 3
    assert plain(form.late.sums.text()).startswith("2 relances (1 de niveau 1, 1 de niveau 2)")
    assert plain(form.save_button.text()) == "&Enregistrer 2 relances"
    type_into(form, "delay", "5")
    assert plain(form.save_button.text()) == "&Enregistrer 3 relances"
    type_into(form, "delay", "30")
    save(form)
    assert sent(workspace) == {"ales": [1], "carcassonne": [1, 2], "nimes": [1]}
    with workspace.read() as session:
        row = session.scalars(select(Reminder).where(Reminder.level == 2)).one()
        assert (row.sent_on, row.amount) == (TODAY, 468_376)
    settle()
    late.open_item(dues_id(workspace, "carcassonne"))
    settle()
    assert [view.item.title for view in late.reminders.views] == [
        f"Niveau 1, le {french.short_date(TODAY - timedelta(31))}",
        f"Niveau 2, le {french.short_date(TODAY)}",
    ]  # fmt: skip
    choose_in(late.reminders.views[0].menu(), "Supprimer")
    assert "suivie d’une autre" in refusal()
    workspace.undo()
    assert sent(workspace) == {"carcassonne": [1], "nimes": [1]}


def test_the_letters_are_seen_from_there_and_what_they_record_is_shown(
    late: DuesPage, workspace: Workspace
) -> None:
    click(late.remind_button)
    form = opened(RemindersForm)
    click(form.letters_button)
    letters = opened(PapersDialog)
    assert letters._ids == form.late.value()
    letters.close()
    with workspace.write("Relancer") as session:
        reminders.send_reminders(session, form.late.value(), on=TODAY)
    settle()
    assert plain(form.save_button.text()) == "&Enregistrer"
    assert not form.letters_button.isEnabled()
    click(form.cancel_button)  # nothing was typed, so nothing is asked
    assert not is_open(Message)
    assert not is_open(RemindersForm)


def test_only_what_is_selected_is_reminded_when_several_are(late: DuesPage, workspace: Workspace) -> None:
    late.filter_by("late", "late")
    late.table.selectAll()
    click(late.remind_button)
    form = opened(RemindersForm)
    assert plain(form.save_button.text()) == "&Enregistrer 3 relances"
    form.late.table.pick(form.late.table.rows.id_at(0))
    QTest.keyClick(form.late.table, Qt.Key.Key_Space)
    save(form)
    assert sum(map(len, sent(workspace).values())) == 4


def test_nothing_ticked_or_nobody_late_is_told(late: DuesPage) -> None:
    click(late.remind_button)
    form = opened(RemindersForm)
    form.late.table.tick_all(False)
    save(form)
    assert "Cochez au moins une" in problems(form)["dues_ids"]
    type_into(form, "sent_on", "01/01/2021")
    assert form.late.table.rows.rowCount() == 0


def test_the_dashboard_opens_the_reminders_to_send(late: DuesPage, window: MainWindow) -> None:
    window.show_page("dashboard")
    settle()
    dashboard = window.page("dashboard")
    items = {plain(item.title): item for item in dashboard.to_do._items}  # type: ignore[attr-defined]
    dashboard._act(items["1 relance de niveau 2 à envoyer"])  # type: ignore[attr-defined]
    settle()
    assert window.page_key == "dues"
    assert late.table.rows.rowCount() == 3
    assert opened(RemindersForm).late.table.rows.rowCount() == 3
