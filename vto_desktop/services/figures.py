"""The frozen records that summaries return: dashboard, papers, exports and command line all read these.

Amounts are in cents; a share is computed where it is shown, from the two amounts it stands for.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AssociationHead:
    """What a letterhead carries; missing values are empty texts. ``logo`` is a PNG in base64."""

    name: str
    tagline: str
    address: str
    city_line: str  # « 34000 Montpellier »
    website: str
    email: str
    phone: str
    siret: str
    rna: str
    logo: str
    notice: str  # the example's notice, or nothing


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """Income of one node of the tree of funding sources, its children included."""

    source_id: int | None  # None: income without a funding source
    path: tuple[str, ...]  # ("État", "DREETS")
    colour: str
    amount: int
    forecast: int
    is_leaf: bool


@dataclass(frozen=True, slots=True)
class ClassFigure:
    """Actual and forecast amount of one two-figure class of accounts (« 64 », « Charges de personnel »)."""

    account_class: str
    label: str
    amount: int
    forecast: int


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure beside what the program computes; values in hundredths of the unit."""

    year: int
    measure: str
    label: str
    value: int
    unit: str
    source: str
    computed: int | None  # None: the dossier does not hold what is needed to compute it


@dataclass(frozen=True, slots=True)
class AuthorityShare:
    """Share of the local authorities in the income of a year, in hundredths of a percent."""

    year: int
    dues: int
    subsidies: int
    is_published: bool  # False: computed from this dossier

    @property
    def total(self) -> int:
        """Return dues and subsidies together."""
        return self.dues + self.subsidies


@dataclass(frozen=True, slots=True)
class FinanceSummary:
    """Income, expenses and result of a fiscal year (classes 6 and 7; 86 and 87 never enter the result)."""

    head: AssociationHead
    year: int
    ends_on: date
    basis: str
    budget_name: str
    income_total: int
    expense_total: int
    income_forecast: int
    expense_forecast: int
    sources: tuple[SourceFigure, ...]  # every node, parents before children, in printed order
    expenses: tuple[ClassFigure, ...]  # largest first
    income_classes: tuple[ClassFigure, ...]
    in_kind_used: int  # class 86
    in_kind_given: int  # class 87
    authority_shares: tuple[AuthorityShare, ...]
    published: tuple[Published, ...]
    sentence: str  # « Les ressources 2021 proviennent pour 79 % de l’État, … »
    authority_sentence: str  # « 10 % en 2018, 16 % en 2019 et 2020, 18 % en 2021, dont subventions … »
    expense_sentence: str  # « 40 % des dépenses sont des charges de personnel, 24 % … »
    conventions: tuple["ConventionFigure", ...]
    previous_expense_total: int | None = None  # None: the year before is not in the dossier

    @property
    def result(self) -> int:
        """Return income less expenses."""
        return self.income_total - self.expense_total


@dataclass(frozen=True, slots=True)
class ConventionFigure:
    """What a convention brought and still has to bring, as of a day."""

    convention_id: int
    title: str
    funder: str
    source_path: tuple[str, ...]
    status: str
    awarded: int
    share_of_year: int
    received: int
    received_in_year: int
    due: int  # granted and not received yet
    late: int  # of which instalments past their due date


@dataclass(frozen=True, slots=True)
class RepresentativeFigure:
    """A representative as printed: « Clara GIMENEZ, élue déléguée… », « suppléante », « et/ou »."""

    person_id: int
    name: str
    capacity: str
    rank: str  # a Rank value
    rank_text: str  # « et/ou », « suppléante », or nothing for the first


@dataclass(frozen=True, slots=True)
class MemberFigure:
    """A member as of a date, with its representatives in printed order."""

    member_id: int
    name: str
    kind: str
    college: str
    departement: str  # the name: « Hérault », or « » when unknown
    population: int | None
    joined_on: date | None
    representatives: tuple[RepresentativeFigure, ...]
    capacity: str = ""  # what a natural person sits as, from its mandate


@dataclass(frozen=True, slots=True)
class MembershipSummary:
    """Members as of a date, and their number by kind, college and département (largest first)."""

    head: AssociationHead
    on: date
    members: tuple[MemberFigure, ...]
    by_kind: tuple[tuple[str, int], ...]
    by_college: tuple[tuple[str, int], ...]
    by_departement: tuple[tuple[str, int], ...]
    population: int
    joined_in_year: int
    left_in_year: int
    sentence: str  # « 16 adhérents au 31 décembre 2021 : 13 collectivités, … »


@dataclass(frozen=True, slots=True)
class MandateFigure:
    """A mandate as printed on a date: office in the person's gender, capacity, since when."""

    mandate_id: int
    office: str
    office_group: str  # the plural heading shared by holders: « Vice-Président·es (ordre alphabétique) »
    person: str
    capacity: str
    member: str
    since: date | None
    until: date | None
    rank_text: str  # « et/ou », « suppléante », for a seat shared by several persons
    person_id: int = 0
    office_id: int = 0
    civility: str = ""
    departement: str = ""  # name; of the member it is held for, else of the person


@dataclass(frozen=True, slots=True)
class Seat:
    """A council seat: the member it belongs to and the mandates that fill it."""

    member: str
    college: str
    mandates: tuple[MandateFigure, ...]


@dataclass(frozen=True, slots=True)
class BodySummary:
    """Who sits in one body on a day, in printed order."""

    body: str
    on: date
    since_on: date | None
    since: str  # « Depuis le conseil d’administration du 2 décembre 2020 »
    mandates: tuple[MandateFigure, ...]


@dataclass(frozen=True, slots=True)
class BoardSummary:
    """Bureau and council as of a date."""

    head: AssociationHead
    on: date
    bureau_since: str  # « Depuis le conseil d’administration du 2 décembre 2020 »
    officers: tuple[MandateFigure, ...]
    seats: tuple[Seat, ...]
    council_rule: str  # the council's notes: who its members are
    bureau_since_on: date | None = None  # the day that ``bureau_since`` says
    only: str = ""  # the name of the one body told, when it is not the bureau
    parts: frozenset[str] = frozenset({"officers", "seats"})  # what is told


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to do: what, about whom, until when, how much, and the record to open."""

    state: str  # « En retard », « À venir », « À préparer », « À compléter », « À vérifier »
    tone: str  # "danger", "warn", "info" or "neutral"
    title: str
    detail: str
    due_on: date | None
    amount: int | None
    action: str  # text of its button
    table: str
    row_id: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The state of a fiscal year on a given day."""

    finance: FinanceSummary
    shown_on: date  # what money and what is still to receive are taken at
    counted_on: date  # what members and running conventions are: within the year
    members: int
    members_up_to_date: int
    dues_called: int  # dues asked for by that day
    dues_left: int
    conventions_running: int
    conventions_share: int  # what running conventions grant for the year
    still_to_receive: int
    late: int
    expense_change: str  # « +8 % par rapport à 2020 », or nothing when there is no figure
    to_do: tuple[ToDo, ...]
