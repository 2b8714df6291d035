"""Summaries written by hand: the 2021 report as a paper should print it."""

from datetime import date, datetime

from vto_desktop.services.body_papers import BodiesSummary, BodyPeople
from vto_desktop.services.contacts import Contact
from vto_desktop.services.figures import (
    AssociationHead,
    AuthorityShare,
    BoardSummary,
    ClassFigure,
    ConventionFigure,
    FinanceSummary,
    MandateFigure,
    MemberFigure,
    MembershipSummary,
    Published,
    RepresentativeFigure,
    Seat,
    SourceFigure,
)  # fmt: skip

PRINTED_AT = datetime(2022, 2, 15, 9, 12)  # noqa: DTZ001 - the user's own clock
NOTICE = "Exemple : montants et dates fictifs, proportions du rapport 2021"

HEAD = AssociationHead(
    name="Villes et Territoires Occitanie",
    tagline="Centre de ressources politique de la ville",
    address="",
    city_line="",
    website="www.villes-et-territoires.fr",
    email="",
    phone="",
    siret="000 000 000 00000",
    rna="W000000000",
    logo="",
    notice=NOTICE,
)


def source(path: str, euros: int, colour: str, *, forecast: int | None = None) -> SourceFigure:
    """Return the figure of a source written « État › DREETS »."""
    parts = tuple(path.split(" › "))
    planned = (euros if forecast is None else forecast) * 100
    return SourceFigure(1, parts, colour, euros * 100, planned, is_leaf=path not in ("État", "Collectivités"))


SOURCES = (
    source("État", 316_000, "#2f5d8c"),
    source("État › DREETS", 224_000, "#2f5d8c"),
    source("État › DDETS (Gard et Hérault)", 80_000, "#6f94bb"),
    source("État › DRAC (étude culture)", 12_000, "#8a5a83"),
    source("Collectivités", 72_000, "#4a8f8a"),
    source("Collectivités › Adhésions", 64_000, "#4a8f8a"),
    source("Collectivités › Subventions ciblées", 8_000, "#86bab5"),
    source("Autres", 12_000, "#c08335"),
)

EXPENSES = tuple(
    ClassFigure(code, label, amount * 100, forecast * 100)
    for code, label, amount, forecast in (
        ("64", "Charges de personnel", 158_760, 155_000),
        ("62", "Autres services extérieurs", 98_600, 96_000),
        ("61", "Services extérieurs", 95_256, 96_000),
        ("68", "Dotations, provisions et engagements", 21_164, 20_000),
        ("63", "Impôts et taxes", 11_860, 12_000),
        ("60", "Achats", 9_240, 9_000),
        ("65", "Autres charges de gestion courante", 1_640, 4_000),
        ("66", "Charges financières", 380, 0),
    )
)
INCOME_CLASSES = (
    ClassFigure("74", "Subventions d’exploitation", 324_000_00, 318_000_00),
    ClassFigure("75", "Autres produits de gestion courante", 64_000_00, 62_000_00),
    ClassFigure("70", "Ventes et prestations de services", 12_000_00, 12_000_00),
)
SHARES = tuple(
    AuthorityShare(year, dues * 100, subsidies * 100, is_published=published)
    for year, dues, subsidies, published in (
        (2018, 8, 2, True), (2019, 12, 4, True), (2020, 12, 4, True), (2021, 16, 2, True),
        (2021, 16, 2, False),
    )
)  # fmt: skip
PUBLISHED = (
    *(
        Published(year, "authorities", "Part des collectivités dans les ressources", value * 100, "%",
                  "rapport annuel 2021", 18_00 if year == 2021 else None)
        for year, value in ((2018, 10), (2019, 16), (2020, 16), (2021, 18))
    ),
    Published(2021, "participants", "Participants aux événements", 540_00, "participants",
              "rapport annuel 2021", 587_00),
    Published(2021, "growth", "Hausse des frais de fonctionnement", 8_00, "%", "rapport annuel 2021", None),
)  # fmt: skip


def convention(
    title: str, funder: str, awarded: int, share: int, received: int, late: int = 0
) -> ConventionFigure:
    """Return a convention whose amounts are given in euros."""
    return ConventionFigure(
        1, title, funder, ("État",), "en cours", awarded * 100, share * 100, received * 100, received * 100,
        (awarded - received) * 100, late * 100,
    )  # fmt: skip


CONVENTIONS = (
    convention("Soutien État régional (BOP 147)", "DREETS Occitanie", 224_000, 224_000, 179_200),
    convention("Évaluation finale des contrats de ville", "DDETS du Gard", 34_000, 34_000, 23_800),
    convention("Évaluation finale des contrats de ville", "DDETS de l’Hérault", 46_000, 46_000, 40_000),
    convention("Étude culture", "DRAC Occitanie", 12_000, 12_000, 12_000),
    convention("Évaluation et impact (PODEM)", "Montpellier Méditerranée Métropole", 8_000, 8_000, 8_000),
)

FINANCE = FinanceSummary(
    head=HEAD, year=2021, ends_on=date(2021, 12, 31), basis="en comptabilité", budget_name="Budget initial",
    income_total=400_000_00, expense_total=396_900_00, income_forecast=392_000_00,
    expense_forecast=392_000_00, sources=SOURCES, expenses=EXPENSES, income_classes=INCOME_CLASSES,
    in_kind_used=4_500_00, in_kind_given=4_500_00, authority_shares=SHARES, published=PUBLISHED,
    sentence="Les ressources 2021 proviennent pour 79\u00a0% de l’État, pour 18\u00a0% des collectivités, "
    "3\u00a0% autres.",
    authority_sentence="10\u00a0% en 2018, 16\u00a0% en 2019 et 2020, 18\u00a0% en 2021, dont subventions "
    "2\u00a0%, 4\u00a0%, 4\u00a0%, 2\u00a0%.",
    expense_sentence="40\u00a0% des dépenses sont des charges de personnel, 24\u00a0% des services "
    "extérieurs. Les frais de fonctionnement augmentent de 8\u00a0%, la masse salariale de 5\u00a0%.",
    conventions=CONVENTIONS,
)  # fmt: skip

AUTHORITIES, OTHERS, PERSONS = "Collectivités", "Autres personnes morales", "Personnes physiques"
_CA, _CC = "Communauté d’agglomération", "Communauté de communes"
_MEMBERS: tuple[tuple[str, str, str, str, int | None, tuple[str, ...]], ...] = (
    ("Alès Agglomération", _CA, AUTHORITIES, "Gard", 138_176,
     ("Serge BORD|maire de Saint-Julien-les-Rosiers, élu délégué à la prévention de la délinquance",)),
    ("Communauté d’Agglomération du Gard rhodanien", _CA, AUTHORITIES, "Gard", 77_457,
     ("Michèle FONT-THURIAL|élue déléguée à la politique de la ville",
      "Catherine PÉCASTAING|adjointe au maire de Pont-Saint-Esprit déléguée à la politique de la "
      "ville|et/ou")),
    ("Communauté d’Agglomération Hérault Méditerranée", _CA, AUTHORITIES, "Hérault", 83_500,
     ("François PEREA|vice-président délégué à l’Habitat et à la Politique de la Ville",)),
    ("Carcassonne Agglomération", _CA, AUTHORITIES, "Aude", 117_094,
     ("Tamara RIVEL|élue déléguée à la politique de la ville",)),
    ("Communauté de Communes du Grand Orb", _CC, AUTHORITIES, "Hérault", 20_415,
     ("Magalie TOUET|adjointe au maire de Bédarieux, élue déléguée politique de la ville",)),
    ("Communauté de Communes Lodévois et Larzac", _CC, AUTHORITIES, "Hérault", 15_238,
     ("Gaelle LÉVÊQUE|maire de Lodève, 1ère vice-présidente de la communauté de communes",
      "Joëlle GOUDAL|maire de Celles et déléguée à la politique de la ville|et/ou")),
    ("Montpellier Méditerranée Métropole", "Métropole", AUTHORITIES, "Hérault", 523_109,
     ("Clara GIMENEZ|élue déléguée à la politique de la ville",
      "Coralie MANTION|élue déléguée à l’Aménagement durable du territoire, Urbanisme|suppléante")),
    ("Nîmes Métropole", _CA, AUTHORITIES, "Gard", 265_741,
     ("Richard TIBERINO|élu délégué au contrat de ville",)),
    ("Sète Agglopole Méditerranée", _CA, AUTHORITIES, "Hérault", 131_622,
     ("Josian RIBES|maire de Montbazin, vice-président délégué à la cohésion sociale",)),
    ("Vauvert", "Commune", AUTHORITIES, "Gard", 11_671,
     ("Farouk MOUSSA|adjoint au maire délégué à la politique de la ville",)),
    ("Ville de Lézignan-Corbières", "Commune", AUTHORITIES, "Aude", 10_343,
     ("Bérengère LECEA|élue déléguée à la politique de la ville",)),
    ("Ville de Limoux", "Commune", AUTHORITIES, "Aude", 10_532, ("Pierre DURAND|maire",)),
    ("Ville de Lunel", "Commune", AUTHORITIES, "Hérault", 26_623,
     ("Nourredine BENIATTOU|élu délégué à la politique de la ville, gestion urbaine et sociale de "
      "proximité",)),
    ("Association FAIRE ESS", "Association", OTHERS, "", None,
     ("Sophie THERON|directrice de l’IRTS Montpellier",)),
    ("GIP Politique de la Ville Alès Cévennes", "GIP", OTHERS, "Gard", None,
     ("Serge BORD|élu membre représentant",)),
    ("Didier LAPORTE", "Personne physique", PERSONS, "Hérault", None, ()),
)  # fmt: skip


def representative(text: str) -> RepresentativeFigure:
    """Return a representative written « name|capacity|rank »."""
    name, capacity, rank = (*text.split("|"), "", "")[:3]
    return RepresentativeFigure(1, name, capacity, rank or "Titulaire", rank)


MEMBERS = tuple(
    MemberFigure(i, name, kind, college, departement, population, None, tuple(map(representative, people)))
    for i, (name, kind, college, departement, population, people) in enumerate(_MEMBERS, 1)
)
MEMBERSHIP = MembershipSummary(
    head=HEAD,
    on=date(2021, 12, 31),
    members=MEMBERS,
    by_kind=((_CA, 6), ("Commune", 4), (_CC, 2), ("Métropole", 1), ("GIP", 1), ("Association", 1),
             ("Personne physique", 1)),
    by_college=((AUTHORITIES, 13), (OTHERS, 2), (PERSONS, 1)),
    by_departement=(("Hérault", 7), ("Gard", 5), ("Aude", 3), ("", 1)),
    population=1_431_521,
    joined_in_year=0,
    left_in_year=0,
    sentence="16 adhérents au 31 décembre 2021 : 13 collectivités (1\u202f431\u202f521 habitants), 2 autres "
    "personnes morales et 1 personne physique. 17 personnes les représentent.",
)  # fmt: skip

_SINCE = date(2020, 12, 2)
VICE = "Vice-Président·es (ordre alphabétique)"
OFFICERS = tuple(
    MandateFigure(i, office, group, person, capacity, "", _SINCE, None, "")
    for i, (office, group, person, capacity) in enumerate(
        (
            ("Présidente", "Présidente", "Magalie TOUET",
             "adjointe au maire de Bédarieux, élue déléguée politique de la ville de la Communauté de "
             "Communes du Grand Orb, Hérault"),
            ("Vice-Présidente", VICE, "Clara GIMENEZ",
             "vice-présidente déléguée à la politique de la ville, Montpellier Métropole Méditerranée, "
             "Hérault"),
            ("Vice-Présidente", VICE, "Gaelle LÉVÊQUE",
             "Maire de Lodève, Communauté de Communes du Lodévois Larzac, Hérault"),
            ("Vice-Président", VICE, "Josian RIBES",
             "Maire de Montbazin, Vice-Président délégué à la Cohésion Sociale, Sète Agglopole, Hérault"),
            ("Trésorier", "Trésorier·ère", "Didier LAPORTE", "cadre territorial, Hérault"),
            ("Secrétaire", "Secrétaire", "Catherine PECASTAING",
             "adjointe au maire, déléguée à la politique de la ville, Pont Saint Esprit, Communauté "
             "d’agglomération du Gard Rhodanien, Gard"),
            ("Secrétaire adjoint", "Secrétaire adjoint·e", "Serge BORD",
             "Maire de Saint Julien-les-Rosiers, délégué à la prévention de la délinquance à la Communauté "
             "d’Agglomération du Grand Alès, et représentant du GIP Politique de la ville Alès Cévennes, "
             "Gard"),
        ),
        1,
    )
)  # fmt: skip
SEATS = tuple(
    Seat(
        member.name,
        member.college,
        tuple(
            MandateFigure(1, "", "", r.name, r.capacity, member.name, None, None, r.rank_text)
            for r in member.representatives
        )
        or (MandateFigure(1, "", "", member.name, member.capacity, member.name, None, None, ""),),
    )
    for member in MEMBERS
)
BOARD = BoardSummary(
    head=HEAD,
    on=date(2021, 12, 31),
    bureau_since="Depuis le conseil d’administration du 2 décembre 2020",
    officers=OFFICERS,
    seats=SEATS,
    council_rule="Les membres du Conseil d’Administration sont les représentants des communes et des "
    "intercommunalités adhérentes qu’elles ont désignés, des personnes morales autres, des personnes "
    "physiques",
)

BODIES = BodiesSummary(
    head=HEAD,
    on=date(2021, 12, 31),
    bodies=(
        BodyPeople(
            "Bureau",
            "Depuis le conseil d’administration du 2 décembre 2020",
            tuple(
                Contact(
                    number, each.person, (each.office,), ("CC du Grand Orb",)[: number % 2],
                    each.capacity, "prenom.nom@exemple.fr" if number % 3 else "", "", "",
                )
                for number, each in enumerate(OFFICERS, 1)
            ),
        ),
        BodyPeople("Comité de pilotage", "", ()),
    ),
)  # fmt: skip
