"""Letters: what a call must carry, where the envelope shows the address, one file for each or all in one."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.faults.batching import batch
from tests.faults.test_batch import complete, listed
from tests.reports import samples, samples_papers
from tests.reports.reading import DOCUMENTS, read, squeezed, text_of
from vto_desktop.errors import UserError
from vto_desktop.reports import REPORTS, dues_calls, reminders
from vto_desktop.reports.batch import LIST
from vto_desktop.reports.bundle import Bundle
from vto_desktop.services.figures_papers import Gap

LETTERS = [name for name, report in REPORTS.items() if report.is_batch]
POSTED = [name for name in LETTERS if name != "proxy"]  # a form to give back has no address
PAGES = {"convocation": [2, 1]}  # the form of a power is behind the first; a substitute gives none
MM = 72 / 25.4


def printed(name: str, *letters: Any, **changes: Any) -> PdfReader:
    """Draw these letters of a document, or all of its sample."""
    layout, summary = DOCUMENTS[name]
    changed = replace(summary, **({"letters": letters} if letters else {}), **changes)
    return read(layout(changed))


def flat(reader: PdfReader) -> str:
    return " ".join(text_of(reader).split())


# --- what a call carries -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Villes et Territoires Occitanie", "12 rue de la République", "34000 Montpellier",
        "SIRET 443 061 841 00047", "RNA W343012345",
        "Alès Agglomération", "30 avenue Vincent d’Indy", "30100 Alès", "Votre SIRET 200 066 918 00017",
        "Code service FINANCES", "N° d’engagement EJ 4512",
        "n° 2021-001", "Date 15/02/2021", "Échéance 30/06/2021", "Exercice 2021",
        "138 176 hab. × 0,04 € = 5 527,04 €", "Arrondi convenu avec la collectivité −27,04 €",
        "Montant à régler 5 500,00 €", "Arrêté à la somme de cinq mille cinq cents euros.",
        "Barème décidé en conseil d’administration le 2 décembre 2020.",
        "TVA non applicable, article 293 B du CGI.",
        "IBAN FR76 3000 6000 0112 3456 7890 189 · BIC AGRIFRPP",
        "Référence à rappeler : 2021-001 Alès Agglomération", "Trésorier Didier LAPORTE",
    ],
)  # fmt: skip
def test_a_call_carries_all_that_is_asked_of_it(said: str) -> None:
    assert said in flat(printed("dues-calls", samples_papers.CALL))


def test_a_valid_call_is_no_draft_and_an_incomplete_one_says_so_on_itself() -> None:
    assert "Projet" not in flat(printed("dues-calls", samples_papers.CALL))
    spoilt = replace(samples_papers.CALL, gaps=samples_papers.MISSING)
    text = flat(printed("dues-calls", spoilt, gaps=(Gap("IBAN", "association", 1),)))
    assert "Projet, à compléter avant envoi : association (IBAN) et destinataire (adresse, SIRET)." in text


def test_a_natural_person_is_addressed_as_one() -> None:
    text = flat(printed("dues-calls", samples_papers.CALLS.letters[1]))
    assert "Mme Magalie TOUET 3 rue du Lac" in text
    assert "Madame, Au titre de votre adhésion à" in text
    assert "SIRET" not in text.split("Appel de cotisation")[1]


# --- the paper -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", POSTED)
def test_the_address_stands_in_the_window_of_the_envelope(name: str) -> None:
    found: dict[str, tuple[float, float]] = {}

    def visit(text: str, _cm: Any, matrix: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            found.setdefault(text.strip(), (matrix[4] / MM, (841.89 - matrix[5]) / MM))

    reader = printed(name, DOCUMENTS[name][1].letters[0])
    reader.pages[0].extract_text(visitor_text=visit)
    for text in ("Alès Agglomération", "Hôtel de communauté", "Service financier", "30100 Alès"):
        x, y = found[text]
        assert 105 <= x <= 190
        assert 45 <= y <= 85, text


@pytest.mark.parametrize("name", LETTERS)
def test_a_long_name_or_address_adds_no_page_to_a_letter(name: str) -> None:
    layout, summary = DOCUMENTS[name]
    long = "Syndicat mixte d’aménagement et de développement durable " * 5
    letters = [
        replace(each, addressee=replace(each.addressee, name=long.strip(), address=("Rue " * 60,) * 9))
        for each in summary.letters
    ]
    bundle = layout(replace(summary, letters=tuple(letters)))
    reader = read(bundle)
    assert len(reader.pages) == sum(PAGES.get(name, [1] * len(letters)))
    assert squeezed(long) in squeezed(text_of(reader))


@pytest.mark.parametrize("name", LETTERS)
def test_letters_in_one_file_are_found_in_its_outline(name: str) -> None:
    _layout, summary = DOCUMENTS[name]
    reader = printed(name)
    outline = [(str(one["/Title"]), reader.get_destination_page_number(one)) for one in reader.outline]  # type: ignore[arg-type, call-overload] # no levels here
    before = [0, *accumulate(PAGES.get(name, [1] * len(summary.letters)))]
    assert [page for _title, page in outline] == before[:-1]
    for (title, _page), letter in zip(outline, summary.letters, strict=True):
        assert letter.addressee.name in title
        assert title.startswith(REPORTS[name].heading)


def test_letters_share_their_fonts_in_one_file() -> None:
    one, many = io.BytesIO(), io.BytesIO()
    call = samples_papers.CALL
    for file, letters in ((one, (call,)), (many, (call,) * 20)):
        layout, summary = DOCUMENTS["dues-calls"]
        bundle = layout(replace(summary, letters=letters))
        assert isinstance(bundle, Bundle)
        bundle.draw(file)
    assert len(many.getvalue()) < 4 * len(one.getvalue())


# --- reminders -----------------------------------------------------------------------------------


def test_the_tone_rises_and_every_reminder_says_what_was_paid_and_what_is_left() -> None:
    first, second, last = samples_papers.REMINDERS.letters
    texts = [flat(printed("reminders", each)) for each in (first, second, last)]
    for text in (texts[0], texts[2]):
        assert "12/04/2021 Règlement reçu, virement, VIR 4512 −2 000,00 €" in text
        assert "Reste à régler 3 000,00 €" in text
        assert "Reste à régler, en toutes lettres : trois mille euros." in text
    assert "Sauf erreur de notre part, le solde de la cotisation 2021" in texts[0]
    assert "Malgré notre relance du 15 juillet 2021, la cotisation 2021" in texts[1]
    assert "reste impayée à ce jour" in texts[1]
    assert "Malgré nos relances des 15 juillet 2021 et 2 septembre 2021" in texts[2]
    assert "une dernière fois" in texts[2]
    pays = [re.findall(r"À régler au plus tard le ([^P]+?) Par", text)[0] for text in texts]
    assert pays == ["14 août 2021", "17 septembre 2021", "8 octobre 2021"]


def test_a_reminder_says_nothing_of_reminders_never_sent() -> None:
    third = replace(samples_papers.REMINDERS.letters[2], earlier=())
    text = flat(printed("reminders", third))
    assert "Malgré" not in text
    assert "relance, pour" not in text
    assert reminders.pay_by(third).isoformat() == "2021-10-08"


# --- certificates and receipts -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (0, "a la qualité d’adhérent de l’association depuis le 1er mars 2009, au titre de l’exercice 2021."),
        (0, "d’un montant de 5 500 €, a été intégralement réglée le 3 mai 2021."),
        (1, "a eu la qualité d’adhérent de l’association du 1er mars 2009 au 30 juin 2021"),
        (1, "est réglée à hauteur de 20 € au 30 septembre 2021 ; il reste 30 € à régler."),
        (2, "Ville de Lunel a la qualité d’adhérent de l’association, au titre de l’exercice 2021."),
        (2, "aucune cotisation de l’exercice 2021 ne lui a été appelée."),
    ],
)
def test_a_certificate_says_what_is_true_and_no_more(place: int, said: str) -> None:
    assert said in flat(printed("certificates", samples_papers.CERTIFICATES.letters[place]))


def test_a_certificate_says_that_nothing_was_paid() -> None:
    certificate = samples_papers.CERTIFICATE
    unpaid = replace(certificate, dues=(replace(certificate.dues[0], received=0, last_on=None),))
    assert "5 500 €, n’est pas réglée au 30 septembre 2021." in flat(printed("certificates", unpaid))


def test_a_woman_signs_as_one() -> None:
    issuer = replace(samples_papers.ISSUER, signatory="Magalie TOUET", is_woman=True, office="Présidente")
    text = flat(printed("certificates", samples_papers.CERTIFICATE, issuer=issuer))
    assert "Je soussignée, Magalie TOUET, présidente de l’association" in text


def test_a_receipt_is_said_not_to_be_fiscal_to_a_natural_person_alone() -> None:
    organisation, person = samples_papers.RECEIPTS.letters
    assert "pas un reçu fiscal" in flat(printed("receipts", person))
    text = flat(printed("receipts", organisation))
    assert "fiscal" not in text
    assert "la somme de trois mille euros (3 000,00 €), versée par virement par Alès Agglomération" in text
    assert "Total 3 000,00 € 3 500,00 €" in text


def test_two_hundred_members_and_receipts_repeat_their_heads() -> None:
    layout, state = DOCUMENTS["dues-state"]
    members = tuple(replace(state.members[0], name=f"Commune {n:03d}") for n in range(200))
    reader = read(layout(replace(state, members=members)))
    texts = [page.extract_text() for page in reader.pages]
    assert all(f"Commune {n:03d}" in "\n".join(texts) for n in range(200))
    assert sum("Reste dû" in text for text in texts) == len(texts)
    layout, slip = DOCUMENTS["receipts-slip"]
    reader = read(layout(replace(slip, rows=slip.rows[:1] * 200)))
    assert "400 000,00 €" in flat(reader)
    assert "Virement 200 400 000,00 €" in flat(reader)


# --- batches -------------------------------------------------------------------------------------


class Stopped(Exception):
    """What a cancelled progress raises."""


def stop_at(number: int) -> Callable[[int, int, str], None]:
    def told(done: int, total: int, whom: str) -> None:
        assert total == 8
        assert whom == f"Commune {done + 1}"
        if done == number:
            raise Stopped

    return told


def test_a_batch_is_one_pdf_for_each_member_named_after_it(tmp_path: Path) -> None:
    made = batch(tmp_path, letters=3)
    assert made.names == [f"Appel 2021-00{n} Commune {n}.pdf" for n in (1, 2, 3)]
    assert made.write() == ()
    assert complete(tmp_path) == set(made.names) == {path.name for path in tmp_path.iterdir()}
    assert made.missing == []
    assert made.outcome() == f"3\u00a0PDF écrits dans «\u00a0{tmp_path.name}\u00a0»."
    assert batch(tmp_path, letters=4).replaced() == made.names


def test_a_cancelled_batch_keeps_what_is_complete_and_says_what_is_missing(tmp_path: Path) -> None:
    made = batch(tmp_path, letters=8)
    with pytest.raises(Stopped):
        made.write(stop_at(3))
    assert made.missing == made.names[3:]
    assert complete(tmp_path) == set(made.names[:3])
    assert listed(tmp_path) == set(made.missing)
    assert made.outcome() == (
        "3\u00a0PDF écrits sur 8, complets. Il manque Appel 2021-004 Commune 4.pdf, Appel 2021-005 Commune "
        "5.pdf, Appel 2021-006 Commune 6.pdf, Appel 2021-007 Commune 7.pdf et Appel 2021-008 Commune 8.pdf. "
        f"La liste est dans «\u00a0{LIST}\u00a0»."
    )
    made.write()
    assert complete(tmp_path) == set(made.names)
    assert not (tmp_path / LIST).exists()


def test_a_file_open_elsewhere_stops_the_batch_and_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = batch(tmp_path, letters=8)
    (tmp_path / made.names[2]).write_bytes(b"avant")
    import os

    replace_file = os.replace

    def refuse(source: Any, target: Any) -> None:
        if Path(target).name == made.names[2]:
            raise PermissionError(13, "open in a reader")
        replace_file(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError, match="FICHIER_OUVERT_AILLEURS"):
        made.write()
    assert (tmp_path / made.names[2]).read_bytes() == b"avant"
    assert made.missing == made.names[2:]
    assert listed(tmp_path) == set(made.missing)
    assert not list(tmp_path.glob(".*.pdf*"))


def test_a_folder_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    made = batch(tmp_path / "absent", letters=2)
    with pytest.raises(UserError, match="PDF_NON_ECRIT"):
        made.write()
    assert made.missing == made.names


def test_names_from_data_are_safe_and_namesakes_are_numbered(tmp_path: Path) -> None:
    call = samples_papers.CALL
    spoilt = [
        replace(call, addressee=replace(call.addressee, name=name), number="")
        for name in ("../../etc/passwd", "Celles", "celles", "CELLES", "CON", "x" * 400)
    ]
    summary = replace(samples_papers.CALLS, letters=tuple(spoilt))
    made = REPORTS["dues-calls"].batch(summary, tmp_path, dossier_name="x.vto")
    assert made.names[:5] == [
        "Appel .-.-etc-passwd.pdf", "Appel Celles.pdf", "Appel celles (2).pdf", "Appel CELLES (3).pdf",
        "Appel CON.pdf",
    ]  # fmt: skip
    assert max(map(len, made.names)) < 130
    made.write()
    assert {path.parent for path in tmp_path.rglob("*.pdf")} == {tmp_path}


def test_no_letter_at_all_writes_no_file_and_one_page_of_a_sentence(tmp_path: Path) -> None:
    empty = replace(samples_papers.REMINDERS, letters=())
    made = REPORTS["reminders"].batch(empty, tmp_path, dossier_name="x.vto")
    assert made.write() == ()
    assert list(tmp_path.iterdir()) == []
    assert made.outcome() == "Aucune cotisation de l’exercice 2021 n’est en retard au 30 septembre 2021."
    assert made.outcome() in flat(read(DOCUMENTS["reminders"][0](empty)))


def test_progress_of_one_file_is_told_and_cancelling_writes_nothing(tmp_path: Path) -> None:
    bundle = dues_calls.layout(samples_papers.CALLS, dossier_name="x.vto", printed_at=samples.PRINTED_AT)
    told: list[tuple[int, int, str]] = []
    bundle.draw(io.BytesIO(), lambda *each: told.append(each))
    assert told == [(0, 3, "Alès Agglomération"), (1, 3, "Magalie TOUET"), (2, 3, "Ville de Lunel")]
