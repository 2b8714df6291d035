"""Letters, a slip and the state of dues written by hand, as papers should print them."""

from dataclasses import replace
from datetime import date

from tests.reports.samples import HEAD
from vto_desktop.services.figures_dues import AgeBand, DuesFigure, DuesSummary, DuesSums, YearOfDues
from vto_desktop.services.figures_papers import (
    Addressee,
    Call,
    Certificate,
    CertifiedDues,
    Gap,
    Issuer,
    Letters,
    Paid,
    Payment,
    ReminderLetter,
    Sent,
    Settled,
    Slip,
    SlipRow,
)

OWN = replace(
    HEAD, address="12 rue de la République", city_line="34000 Montpellier", siret="443 061 841 00047",
    rna="W343012345", email="contact@villes-et-territoires.fr", phone="04 67 00 00 00",
)  # fmt: skip
ISSUER = Issuer(
    seat="12 rue de la République, 34000 Montpellier", city="Montpellier", siret="443 061 841 00047",
    rna="W343012345", iban="FR76 3000 6000 0112 3456 7890 189", bic="AGRIFRPP",
    vat_sentence="TVA non applicable, article 293 B du CGI", signatory="Didier LAPORTE", is_woman=False,
    office="trésorier",
)  # fmt: skip
ALES = Addressee(
    "Alès Agglomération", "", "collectivité",
    ("Hôtel de communauté", "Service financier", "30 avenue Vincent d’Indy", "30100 Alès"),
    "200 066 918 00017", "FINANCES", is_public=True, is_person=False, member_id=1,
)  # fmt: skip
LUNEL = Addressee("Ville de Lunel", "", "collectivité", (), "", "", is_public=True, is_person=False)
TOUET = Addressee(
    "Magalie TOUET", "Mme", "personne", ("3 rue du Lac", "34600 Bédarieux"), "", "", is_public=False,
    is_person=True,
)  # fmt: skip
MISSING = (Gap("adresse", "organisation", 9), Gap("SIRET", "organisation", 9))
DECIDED = "en conseil d’administration le 2 décembre 2020"

CALL = Call(
    dues_id=1, addressee=ALES, year=2021, number="2021-001", commitment_number="EJ 4512",
    called_on=date(2021, 2, 15), due_on=date(2021, 6, 30), basis="138 176 hab. × 0,04 € = 5 527,04 €",
    computed=5_527_04, amount=5_500_00, reason="Arrondi convenu avec la collectivité", decided=DECIDED,
)  # fmt: skip
CALLS = Letters(
    head=OWN, issuer=ISSUER, year=2021, on=date(2021, 2, 15),
    letters=(
        CALL,
        replace(
            CALL, addressee=TOUET, number="2021-002", commitment_number="", basis="forfait de 50 €",
            computed=50_00, amount=50_00, reason="",
        ),
        replace(
            CALL, addressee=LUNEL, number="", commitment_number="", called_on=None, due_on=None, basis="",
            computed=None, amount=80_00, reason="", decided="",
            gaps=(*MISSING, Gap("numéro d’appel", "dues", 3)),
        ),
    ),
)  # fmt: skip

PAID = (
    Paid(date(2021, 4, 12), 2_000_00, "Virement", "VIR 4512"),
    Paid(date(2021, 5, 3), 500_00, "Chèque", "0012456"),
)
FIRST, SECOND = Sent(1, date(2021, 7, 15), 3_000_00), Sent(2, date(2021, 9, 2), 3_000_00)
REMINDER = ReminderLetter(
    dues_id=1, addressee=ALES, year=2021, number="2021-001", commitment_number="", level=1,
    sent_on=date(2021, 7, 15), called_on=date(2021, 2, 15), due_on=date(2021, 6, 30), amount=5_500_00,
    paid=PAID, earlier=(),
)  # fmt: skip
REMINDERS = Letters(
    head=OWN, issuer=ISSUER, year=2021, on=date(2021, 9, 30),
    letters=(
        REMINDER,
        replace(REMINDER, level=2, sent_on=date(2021, 9, 2), paid=(), earlier=(FIRST,)),
        replace(REMINDER, addressee=TOUET, level=3, sent_on=date(2021, 9, 30), earlier=(FIRST, SECOND)),
    ),
)  # fmt: skip

CERTIFICATE = Certificate(
    member_id=1, addressee=ALES, joined_on=date(2009, 3, 1), left_on=None, year=2021,
    dues=(CertifiedDues("2021-001", 5_500_00, 5_500_00, date(2021, 5, 3), is_called=True),),
)  # fmt: skip
CERTIFICATES = Letters(
    head=OWN, issuer=ISSUER, year=2021, on=date(2021, 9, 30),
    letters=(
        CERTIFICATE,
        replace(
            CERTIFICATE, addressee=TOUET, left_on=date(2021, 7, 1),
            dues=(CertifiedDues("2021-002", 50_00, 20_00, date(2021, 4, 1), is_called=True),),
        ),
        replace(CERTIFICATE, addressee=LUNEL, joined_on=None, dues=()),
    ),
)  # fmt: skip

RECEIPTS = Letters(
    head=OWN, issuer=ISSUER, year=2021, on=date(2021, 9, 30),
    letters=(
        Payment(
            receipt_id=5, addressee=ALES, number="2021-R0005", received_on=date(2021, 4, 12),
            means="Virement", reference="VIR 4512",
            settled=(
                Settled("Cotisation 2020, appel n° 2020-001", 1_000_00, 0),
                Settled("Cotisation 2021, appel n° 2021-001", 2_000_00, 3_500_00),
            ),
        ),
        Payment(
            receipt_id=6, addressee=TOUET, number="2021-R0006", received_on=date(2021, 4, 20),
            means="Espèces", reference="", settled=(Settled("Cotisation 2021", 50_00, 0),),
        ),
    ),
)  # fmt: skip

SLIP = Slip(
    head=HEAD, since=date(2021, 4, 1), until=date(2021, 6, 30), slip="",
    rows=(
        SlipRow(date(2021, 4, 12), "Alès Agglomération", "Cotisation 2021", "Virement", "VIR 4512", 2_000_00),
        SlipRow(date(2021, 4, 20), "Magalie TOUET", "Cotisation 2021", "Espèces", "", 50_00),
        SlipRow(date(2021, 5, 3), "DREETS Occitanie", "Soutien, acompte", "Virement", "", 112_000_00),
    ),
)  # fmt: skip

STATE = DuesSummary(
    head=HEAD, year=2021, on=date(2021, 9, 30),
    members=(
        DuesFigure(1, 1, "Alès Agglomération", "Communauté d’agglomération", "2021-001", "En retard",
                   5_500_00, 5_500_00, 2_500_00, 3_000_00, 0, date(2021, 2, 15), date(2021, 6, 30), 92, 2,
                   date(2021, 9, 2)),
        DuesFigure(2, 2, "Magalie TOUET", "Personne physique", "2021-002", "Réglée", 50_00, 50_00, 50_00, 0,
                   0, date(2021, 2, 15), date(2021, 6, 30), 0, 0, None),
        DuesFigure(3, 3, "Ville de Lunel", "Commune", "", "À appeler", 80_00, 0, 0, 0, 0, None, None, 0, 0,
                   None),
    ),
    ageing=(
        AgeBand("Non échu", 0, 0, 0), AgeBand("1 à 30 jours", 1, 0, 0), AgeBand("31 à 60 jours", 31, 0, 0),
        AgeBand("61 à 90 jours", 61, 0, 0), AgeBand("Plus de 90 jours", 91, 1, 3_000_00),
    ),
    years=(YearOfDues(2020, 2, 5_000_00, 5_000_00, 0), YearOfDues(2021, 2, 5_550_00, 2_550_00, 3_000_00)),
    sums=DuesSums(3, 2, 5_550_00, 2_550_00, 3_000_00, 0, 80_00, 1, 1, 3_000_00),
    sentence="Au 30 septembre 2021, 2 cotisations 2021 sont appelées pour 5 550 €.",
)  # fmt: skip
