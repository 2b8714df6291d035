"""What papers carry and lack, read from a real dossier: calls, reminders, certificates, receipts, slips."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.services.test_portable import compiled_for_postgresql
from vto_desktop.errors import UserError
from vto_desktop.model import (
    Association,
    Body,
    Dues,
    DuesCampaign,
    Kind,
    Meeting,
    Member,
    Organisation,
    Person,
    Receipt,
    Reminder,
    Signatory,
)
from vto_desktop.services import addressees, certificates, dues_papers, receipt_papers
from vto_desktop.services.figures_papers import Gap
from vto_desktop.services.reminders import send_reminders

LATE = date(2021, 9, 10)
YEAR = (date(2021, 1, 1), date(2021, 12, 31))
OWN = ("adresse", "SIRET", "RNA", "IBAN", "BIC", "phrase de TVA", "signataire et sa fonction")


def complete(session: Session) -> None:
    """Fill in all that the example leaves for its association to say."""
    row = session.get_one(Association, 1)
    row.address, row.postcode, row.city = "12 rue de la République", "34000", "Montpellier"
    row.siret, row.rna = "44306184100047", "W343012345"
    row.iban, row.bic = "FR7630006000011234567890189", "AGRIFRPP"
    row.vat_sentence = "TVA non applicable, article 293 B du CGI"
    person = session.scalars(select(Person).where(Person.last_name == "LAPORTE")).one()
    session.add(Signatory(association_id=1, person=person, office="Trésorier"))
    council = session.scalars(select(Body).where(Body.name == "Conseil d’administration")).one()
    campaign = session.scalars(select(DuesCampaign)).one()
    campaign.meeting = Meeting(body=council, held_on=date(2020, 12, 2))
    for each in session.scalars(select(Organisation)):
        each.address, each.postcode, each.city = "Hôtel de ville", "30100", "Alès"
        each.siret = "20006691800018"
    for one in session.scalars(select(Person)):
        one.address, one.postcode, one.city = "3 rue du Lac", "34600", "Bédarieux"
    session.flush()


def whats(gaps: tuple[Gap, ...]) -> tuple[str, ...]:
    return tuple(gap.what for gap in gaps)


# --- calls ---------------------------------------------------------------------------------------


def test_the_example_lacks_all_that_is_provisional_in_it(session: Session) -> None:
    found = dues_papers.calls(session, 2021, on=LATE)
    assert [call.number for call in found.letters] == [f"2021-{n:03d}" for n in range(1, 17)]
    assert whats(found.gaps) == OWN
    ales = found.letters[0]
    assert whats(ales.gaps) == ("adresse", "SIRET", "réunion qui a décidé le barème")
    assert (ales.addressee.siret, ales.addressee.address, found.issuer.iban) == ("", (), "")
    assert ales.basis.replace("\u202f", " ").replace("\u00a0", " ") == "138 176 hab. × 0,04 € = 5 527,04 €"
    incomplete = found.incomplete()
    assert [each.whose for each in incomplete[:3]] == [
        "Villes et Territoires Occitanie", "Alès Agglomération", "la campagne 2021",
    ]  # fmt: skip
    assert len(incomplete) == 1 + 16 + 1, "each row once"
    assert incomplete[1].sentence == "Il manque, pour Alès Agglomération\u00a0: adresse, SIRET."


def test_nothing_is_missing_once_everything_is_filled_in(writing: Session) -> None:
    complete(writing)
    found = dues_papers.calls(writing, 2021, on=LATE)
    assert found.incomplete() == ()
    call = found.letters[0]
    assert call.decided == "en conseil d’administration le 2 décembre 2020"
    assert call.addressee.address == ("Hôtel de ville", "30100 Alès")
    assert found.issuer.iban.replace("\u00a0", " ") == "FR76 3000 6000 0112 3456 7890 189"
    assert found.issuer.siret.replace("\u00a0", " ") == "443 061 841 00047"
    assert (found.issuer.signatory, found.issuer.office) == ("Didier LAPORTE", "Trésorier")


SPOILT: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("SIRET", "organisation", {"siret": "200 066 918 00017"}),
    ("SIRET", "organisation", {"siret": "000 000 000 00000"}),
    ("adresse", "organisation", {"postcode": "", "city": ""}),
    ("adresse", "organisation", {"address": "à renseigner", "city": "", "postcode": "00000"}),
    ("code service", "organisation", {"chorus_service": "à renseigner"}),
    ("numéro d’engagement", "dues", {"needs_commitment_number": True}),
    ("numéro d’appel", "dues", {"number": " "}),
    ("date de l’appel", "dues", {"called_on": None}),
    ("échéance", "dues", {"due_on": None}),
    ("base de calcul", "dues", {"basis": "", "computed_amount": None}),
    ("réunion qui a décidé le barème", "dues_campaign", {"meeting": None}),
)


@pytest.mark.parametrize(("what", "table", "spoilt"), SPOILT)
def test_each_thing_a_valid_call_needs_is_missed(
    writing: Session, what: str, table: str, spoilt: dict[str, object]
) -> None:
    complete(writing)
    row = writing.scalars(select(Dues).order_by(Dues.number)).first()
    assert row is not None
    for name, value in spoilt.items():
        holders = (row, row.campaign, row.member.organisation)
        setattr(next(each for each in holders if hasattr(each, name)), name, value)
    writing.flush()
    found = dues_papers.calls(writing, 2021, on=LATE, ids=[row.id])
    assert what in whats(found.letters[0].gaps)
    assert [gap.table for gap in found.letters[0].gaps if gap.what == what] == [table]


@pytest.mark.parametrize("name", ["address", "siret", "rna", "iban", "bic", "vat_sentence"])
def test_each_of_our_own_settings_is_missed(writing: Session, name: str) -> None:
    complete(writing)
    setattr(writing.get_one(Association, 1), name, "à renseigner")
    writing.flush()
    found = dues_papers.calls(writing, 2021, on=LATE)
    assert len(found.gaps) == 1
    assert (found.gaps[0].table, found.gaps[0].row_id) == ("association", 1)


def test_an_iban_that_cannot_be_is_missed(writing: Session) -> None:
    complete(writing)
    writing.get_one(Association, 1).iban = "FR7630006000011234567890188"
    writing.flush()
    assert whats(dues_papers.calls(writing, 2021, on=LATE).gaps) == ("IBAN",)


def test_a_private_organisation_needs_no_siret_nor_chorus_pro(writing: Session) -> None:
    complete(writing)
    row = writing.scalars(select(Dues).order_by(Dues.number)).first()
    assert row is not None
    holder = row.member.organisation
    assert holder is not None
    holder.siret, holder.kind = "", Kind.ASSOCIATION.value
    writing.flush()
    (call,) = dues_papers.calls(writing, 2021, on=LATE, ids=[row.id]).letters
    assert call.gaps == ()
    assert (call.addressee.noun, call.addressee.is_public) == ("association", False)


def test_cancelled_dues_and_dues_of_nothing_are_not_called(writing: Session) -> None:
    first, second = writing.scalars(select(Dues).order_by(Dues.number).limit(2))
    first.cancelled_on, second.amount = LATE, 0
    writing.flush()
    assert len(dues_papers.calls(writing, 2021, on=LATE).letters) == 14
    assert dues_papers.calls(writing, 2021, on=LATE, ids=[first.id, second.id]).letters == ()


def test_the_groups_are_all_unsettled_and_late(writing: Session) -> None:
    row = writing.scalars(select(Dues).order_by(Dues.number)).first()
    assert row is not None
    receipt = writing.scalars(select(Receipt).where(Receipt.dues_id == row.id)).one()
    receipt.amount -= 1
    writing.flush()

    def count(which: str, on: date) -> int:
        return len(dues_papers.calls(writing, 2021, on=on, which=which).letters)

    assert count("all", date(2021, 3, 1)) == 16
    assert count("unsettled", date(2021, 3, 1)) == 16
    assert count("late", date(2021, 3, 1)) == count("late", date(2021, 6, 30)) == 0
    assert count("unsettled", LATE) == count("late", LATE) == count("late", date(2021, 7, 1)) == 1


def test_an_unknown_year_is_refused(session: Session) -> None:
    for read in (dues_papers.calls, dues_papers.reminders, certificates.certificates):
        with pytest.raises(UserError, match="EXERCICE_INCONNU"):
            read(session, 1999, on=LATE)


# --- reminders -----------------------------------------------------------------------------------


@pytest.fixture
def late(writing: Session) -> Dues:
    """Return dues of 5 527,04 € of which 1 000 € came in April and nothing since."""
    row = writing.scalars(select(Dues).order_by(Dues.number)).first()
    assert row is not None
    receipt = writing.scalars(select(Receipt).where(Receipt.dues_id == row.id)).one()
    receipt.amount = 1_000_00
    writing.flush()
    return row


def test_only_late_dues_are_reminded_each_at_its_next_level(writing: Session, late: Dues) -> None:
    assert dues_papers.reminders(writing, 2021, on=date(2021, 6, 30)).letters == ()
    for level, day in ((1, date(2021, 7, 15)), (2, date(2021, 8, 14)), (3, date(2021, 9, 13))):
        (letter,) = dues_papers.reminders(writing, 2021, on=day).letters
        assert (letter.level, letter.sent_on, letter.left) == (level, day, 4_527_04)
        assert [sent.level for sent in letter.earlier] == list(range(1, level))
        assert not letter.is_sent
        send_reminders(writing, [late.id], on=day)
        for later in (0, 1, 29):  # as long as the next one may not be sent, the last one is printed again
            (again,) = dues_papers.reminders(writing, 2021, on=day + timedelta(later)).letters
            assert again == replace(letter, is_sent=True)
    (again,) = dues_papers.reminders(writing, 2021, on=date(2021, 12, 1)).letters
    assert (again.level, again.sent_on) == (3, date(2021, 9, 13)), "the last one is printed as it was sent"


def test_a_reminder_already_sent_is_printed_again_as_it_was(writing: Session, late: Dues) -> None:
    writing.add(Reminder(dues_id=late.id, level=1, sent_on=date(2021, 7, 15), amount=4_527_04))
    writing.add(Receipt(dues_id=late.id, received_on=date(2021, 8, 1), amount=500_00, means="Chèque"))
    writing.flush()
    (first,) = dues_papers.reminders(writing, 2021, on=LATE, level=1).letters
    assert (first.sent_on, first.left, first.earlier) == (date(2021, 7, 15), 4_527_04, ())
    (second,) = dues_papers.reminders(writing, 2021, on=LATE).letters
    assert (second.level, second.left, len(second.paid)) == (2, 4_027_04, 2)


def test_a_level_may_be_asked_for_all(writing: Session, late: Dues) -> None:
    (letter,) = dues_papers.reminders(writing, 2021, on=LATE, level=3).letters
    assert (letter.level, letter.earlier) == (3, ()), "it says nothing of reminders never sent"
    assert dues_papers.reminders(writing, 2021, on=LATE, ids=[late.id + 1]).letters == ()


# --- certificates --------------------------------------------------------------------------------


def test_members_of_the_year_get_a_certificate_that_tells_the_truth(writing: Session, late: Dues) -> None:
    found = certificates.certificates(writing, 2021, on=LATE)
    assert len(found.letters) == 16
    ales = next(each for each in found.letters if each.member_id == late.member_id)
    (dues,) = ales.dues
    assert (dues.amount, dues.received, dues.is_called) == (5_527_04, 1_000_00, True)
    settled = certificates.certificates(writing, 2021, on=LATE, which="settled").letters
    assert late.member_id not in {each.member_id for each in settled}
    assert len(settled) == 15
    before = certificates.certificates(writing, 2021, on=date(2021, 1, 31)).letters
    assert not any(each.is_called for letter in before for each in letter.dues)


def test_who_was_no_member_in_the_year_gets_none(writing: Session) -> None:
    gone, new, soon, still = writing.scalars(select(Member).order_by(Member.id).limit(4))
    gone.left_on, new.joined_on = date(2021, 1, 1), date(2022, 1, 1)
    soon.joined_on, still.left_on = LATE + timedelta(days=1), date(2021, 1, 2)
    writing.flush()
    ids = [gone.id, new.id, soon.id, still.id]
    found = certificates.certificates(writing, 2021, on=LATE, ids=ids).letters
    assert [each.member_id for each in found] == [still.id]


# --- receipts ------------------------------------------------------------------------------------


def test_a_payment_of_several_dues_is_one_paper(writing: Session) -> None:
    first, second = writing.scalars(select(Dues).order_by(Dues.number).limit(2))
    writing.execute(delete(Receipt).where(Receipt.dues_id.in_([first.id, second.id])))
    day = date(2021, 5, 4)
    parts = [
        Receipt(dues_id=first.id, received_on=day, amount=5_000_00, means="Chèque", payment=77),
        Receipt(dues_id=second.id, received_on=day, amount=second.amount, means="Chèque", payment=77),
    ]
    writing.add_all(parts)
    writing.flush()
    found = receipt_papers.receipts(writing, *YEAR, on=LATE, ids=[parts[1].id]).letters
    (paper,) = found
    assert paper.amount == 5_000_00 + second.amount
    assert paper.addressee.name == first.member.name
    assert [each.left for each in paper.settled] == [527_04, 0]
    assert first.member.name in paper.settled[0].what
    assert second.member.name in paper.settled[1].what, "paid for another member"
    assert paper.number == f"2021-R{parts[0].id:04d}"
    listed = receipt_papers.receipts(writing, day, day, on=LATE).letters
    assert [each.receipt_id for each in listed] == [parts[0].id]


def test_what_was_left_is_that_of_the_day_of_the_payment(writing: Session) -> None:
    row = writing.scalars(select(Dues).order_by(Dues.number)).first()
    assert row is not None
    writing.execute(delete(Receipt).where(Receipt.dues_id == row.id))
    days = [date(2021, 4, 1), date(2021, 4, 1), date(2021, 5, 1)]
    writing.add_all(Receipt(dues_id=row.id, received_on=day, amount=1_000_00) for day in days)
    writing.flush()
    letters = receipt_papers.receipts(writing, *YEAR, on=LATE).letters
    left = [each.settled[0].left for each in letters if each.addressee.member_id == row.member_id]
    assert left == [4_527_04, 3_527_04, 2_527_04]


def test_what_is_paid_back_is_not_acknowledged_but_counts_in_the_slip(writing: Session) -> None:
    row = writing.scalars(select(Dues).order_by(Dues.number)).first()
    assert row is not None
    back = Receipt(dues_id=row.id, received_on=LATE, amount=-100_00)
    writing.add(back)
    writing.flush()
    assert receipt_papers.receipts(writing, LATE, LATE, on=LATE, ids=[back.id]).letters == ()
    assert receipt_papers.slip(writing, LATE, LATE).total == -100_00


def test_funders_are_acknowledged_when_all_is_asked(session: Session) -> None:
    dues = receipt_papers.receipts(session, *YEAR, on=LATE).letters
    both = receipt_papers.receipts(session, *YEAR, on=LATE, which="all").letters
    assert (len(dues), len(both)) == (16, 28)
    funder = next(each for each in both if each.addressee.name == "DREETS Occitanie")
    assert funder.settled[0].what.endswith("Acompte")


def test_a_slip_adds_up_to_the_receipts_of_its_days(session: Session) -> None:
    slip = receipt_papers.slip(session, *YEAR)
    amounts = session.scalars(select(Receipt.amount).where(Receipt.received_on.between(*YEAR))).all()
    assert slip.total == sum(amounts)
    assert sum(amount for _means, _count, amount in slip.by_means) == slip.total
    assert sum(count for _means, count, _amount in slip.by_means) == len(slip.rows) == len(amounts)
    assert {row.payer for row in slip.rows} >= {"Alès Agglomération", "Didier LAPORTE", "DRAC Occitanie"}


def test_a_bank_slip_takes_its_receipts_and_its_days_from_its_name(writing: Session) -> None:
    for receipt in writing.scalars(select(Receipt).order_by(Receipt.received_on).limit(3)):
        receipt.slip, receipt.means = "Remise 12", "Chèque"
    writing.flush()
    slip = receipt_papers.slip(writing, LATE, LATE, slip=" Remise 12 ")
    assert len(slip.rows) == 3
    assert (slip.since, slip.until) == (slip.rows[0].received_on, slip.rows[-1].received_on)
    assert slip.by_means == (("Chèque", 3, slip.total),)
    assert receipt_papers.slips(writing) == ["Remise 12"]
    empty = receipt_papers.slip(writing, LATE, LATE, slip="inconnu")
    assert (empty.rows, empty.total) == ((), 0)


# --- who signs -----------------------------------------------------------------------------------


def test_another_signatory_may_be_chosen(writing: Session) -> None:
    complete(writing)
    touet = writing.scalars(select(Person).where(Person.last_name == "TOUET")).one()
    touet.civility = "Mme"
    other = Signatory(association_id=1, person=touet, office="Présidente", position=1)
    writing.add(other)
    writing.flush()
    offered = addressees.signatories(writing)
    assert [name for _row_id, name in offered] == ["Didier LAPORTE, Trésorier", "Magalie TOUET, Présidente"]
    found = addressees.issuer(writing, other.id)
    assert (found.signatory, found.office, found.is_woman) == ("Magalie TOUET", "Présidente", True)
    assert replace(found, signatory="", office="", is_woman=False) == replace(
        addressees.issuer(writing), signatory="", office="", is_woman=False
    )


# --- another database ----------------------------------------------------------------------------


def test_every_reading_of_papers_compiles_for_postgresql(session: Session) -> None:
    with compiled_for_postgresql() as texts:
        for which in ("all", "unsettled", "late"):
            dues_papers.calls(session, 2021, on=LATE, which=which, ids=[1, 2])
        dues_papers.calls(session, 2021, on=LATE, signatory=1)
        dues_papers.reminders(session, 2021, on=LATE, ids=[1])
        certificates.certificates(session, 2021, on=LATE, which="settled", ids=[1])
        receipt_papers.receipts(session, *YEAR, on=LATE, which="all", ids=[1, 20])
        receipt_papers.slip(session, *YEAR)
        receipt_papers.slip(session, *YEAR, slip="Remise 12")
        receipt_papers.slips(session)
        addressees.signatories(session)
    assert len(texts) > 20
    assert not [text for text in texts if "sqlite" in text.lower() or "rowid" in text]
