"""The form of an organisation: who it is, its numbers, where it is, how it is billed."""

from typing import Any, Final

from sqlalchemy.orm import selectinload

from vto_desktop import french
from vto_desktop.model import Kind, Organisation, OrganisationAlias
from vto_desktop.services import local_authorities, organisations
from vto_desktop.services.authority_names import label_for
from vto_desktop.services.local_authorities import LocalAuthority
from vto_desktop.services.reference import departement_name
from vto_desktop.ui.forms.authorities import AuthorityInput
from vto_desktop.ui.forms.person import departement_input
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, FlagInput, Input, MemoInput, NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace

KINDS: Final = tuple((kind.value, kind.value) for kind in Kind)
HINT: Final = "Collectivité\u00a0: une partie du nom ou le code postal remplit la fiche."
NUMBERS: Final = ("siren", "siret", "rna")


class OrganisationForm(Form):
    """Edits one organisation and its other spellings; doubtful numbers are told, never refused."""

    title = "Organisme"

    @classmethod
    def edit(cls, workspace: Workspace, row_id: int, parent: Any = None) -> "OrganisationForm":
        """Return the form of a kept organisation."""
        with workspace.read() as session:
            row = session.get_one(Organisation, row_id, options=[selectinload(Organisation.aliases)])
        return cls(workspace, row, parent)

    @classmethod
    def named(cls, workspace: Workspace, text: str, parent: Any = None) -> "OrganisationForm":
        """Return the form of a new organisation whose name was typed elsewhere."""
        return cls(workspace, Organisation(name=text, kind=Kind.COMMUNE.value, aliases=[]), parent)

    @classmethod
    def of(
        cls, workspace: Workspace, authority: LocalAuthority, typed: str, parent: Any = None
    ) -> "OrganisationForm":
        """Return the form of a local authority of the reference data, looked for by ``typed``."""
        row = Organisation(name=label_for(typed, authority.name), aliases=[])
        local_authorities.fill(row, authority)
        made = cls(workspace, row, parent)
        made.official = authority.name
        made.tell_name()
        return made

    def build(self) -> None:
        kept = self.row.id is not None
        self.official = ""  # the name of the authority chosen, when the label is another
        self.head(self.row.name if kept else "Nouvel organisme")
        # One that has its number needs no other.
        name = AuthorityInput(self.workspace, self.row.id, proposes=not (kept and self.row.siren))
        self.add("&Nom", "name", name, hint="" if kept else HINT)
        name.changed.connect(self.tell_name)
        name.chosen.connect(self.choose)
        self.pair(
            self.field("&Type", "kind", ChoiceInput(KINDS)),
            self.field("Nom &court", "short_name", TextInput()),
        )
        hint = "Un nom par ligne, tel que des documents l’écrivent."
        self.add("Aussi écrit", "spellings", MemoInput(lines=2), hint=hint)
        self.pair(
            self.field("Département", "departement", departement_input()),
            self.field("Code INSEE", "insee", TextInput()),
        )
        self.pair(
            self.field("Population", "population", NumberInput()),
            self.field("Année de la population", "population_year", NumberInput(1800, 2200, grouped=False)),
        )
        self._numbers()
        self._contacts()
        self.add("Notes", "notes", MemoInput())

    def _numbers(self) -> None:
        self.section("Identifiants et facturation")
        self.pair(self.field("SIREN", "siren", TextInput()), self.field("SIRET", "siret", TextInput()))
        self.pair(
            self.field("RNA", "rna", TextInput()),
            self.field("Code service Chorus Pro", "chorus_service", TextInput()),
        )
        self.add("", "needs_commitment_number", FlagInput("Exige un numéro d’engagement sur les factures"))
        for name in NUMBERS:
            self.input(name).changed.connect(self._warn)

    def _contacts(self) -> None:
        self.section("Coordonnées")
        self.add("Adresse", "address", MemoInput(lines=2))
        self.pair(
            self.field("Code postal", "postcode", TextInput()), self.field("Ville", "city", TextInput())
        )
        self.pair(self.field("Courriel", "email", TextInput()), self.field("Téléphone", "phone", TextInput()))

    # --- local authorities -----------------------------------------------------------------------

    def choose(self, authority: LocalAuthority) -> None:
        """Fill the form from the official data; a label of the association's own stays."""
        name = self.input("name")
        is_own = self.row.id is not None
        label = str(name.value()) if is_own else label_for(str(name.value()), authority.name)
        taken = local_authorities.values(authority)
        if any(not self.input(each).is_empty() for each in ("postcode", "city")):
            taken = {key: value for key, value in taken.items() if key not in ("postcode", "city")}
        self.official = authority.name
        for attribute, value in (taken | {"name": label}).items():
            self.input(attribute).set_value(value)
        self.tell_name()

    def tell_name(self) -> None:
        """Say where namesakes are (five communes are called Celles), or what the official name is."""
        typed = Organisation(id=self.row.id, name=self.input("name").value())
        same: list[Organisation] = []
        if typed.name:
            with self.workspace.read() as session:
                same = organisations.same_name(session, typed)
        where = french.listed([departement_name(row.departement) or "sans département" for row in same])
        if same:
            said = f"Ce nom existe déjà ({where})\u00a0: est-ce le même organisme\u202f?"
            self.fields["name"].show_remark(said, "warn")
        elif self.official and self.official != typed.name:
            self.fields["name"].show_remark(f"Nom officiel\u00a0: {self.official}", "hint")
        else:
            self.fields["name"].show_remark("")

    def _warn(self) -> None:
        typed = Organisation(id=self.row.id, **{name: self.input(name).value() for name in NUMBERS})
        warnings = organisations.organisation_warnings(typed)
        if "siren" not in warnings and typed.siren:
            with self.workspace.read() as session:
                same = organisations.same_siren(session, typed)
            if same:
                warnings["siren"] = f"«\u00a0{same[0].name}\u00a0» a déjà ce SIREN."
        for name in NUMBERS:
            self.fields[name].show_remark(warnings.get(name, ""), "warn")

    def load(self, row: Organisation) -> None:
        super().load(row)
        self.input("spellings").set_value("\n".join(alias.name for alias in row.aliases))
        self.tell_name()
        self._warn()

    def show_problems(self, problems: dict[str, str]) -> None:
        super().show_problems(problems)
        self._warn()  # what is doubtful stays told beside what is wrong

    def apply(self, row: Organisation) -> None:
        for name, field in self.fields.items():
            if name != "spellings":
                setattr(row, name, field.input.value())
        row.aliases = _aliases(row.aliases, self.input("spellings"))

    def save(self) -> None:
        with self.workspace.write(step(self.row, "l’organisme", self.row.name)) as session:
            self.row = organisations.save_organisation(session, self.row)


def _aliases(kept: list[OrganisationAlias], spellings: Input) -> list[OrganisationAlias]:
    """Return the rows of the spellings typed; the ones that stay keep their row."""
    by_name = {alias.name: alias for alias in kept}
    typed = dict.fromkeys(line.strip() for line in str(spellings.value()).splitlines() if line.strip())
    return [by_name.get(name) or OrganisationAlias(name=name) for name in typed]
