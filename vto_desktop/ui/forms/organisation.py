"""The form of an organisation: who it is, its numbers, where it is, how it is billed."""

from typing import Any, Final

from sqlalchemy.orm import selectinload

from vto_desktop import french
from vto_desktop.model import Kind, Organisation, OrganisationAlias
from vto_desktop.services import organisations
from vto_desktop.services.reference import departement_name
from vto_desktop.ui.forms.person import departement_input
from vto_desktop.ui.forms.records import step
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import ChoiceInput, FlagInput, Input, MemoInput, NumberInput, TextInput
from vto_desktop.ui.kit.workspace import Workspace

KINDS: Final = tuple((kind.value, kind.value) for kind in Kind)
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

    def build(self) -> None:
        kept = self.row.id is not None
        self.head(self.row.name if kept else "Nouvel organisme")
        self.add("&Nom", "name", TextInput())
        self.input("name").changed.connect(self._tell_namesakes)
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

    def _tell_namesakes(self) -> None:
        """Say where organisations of the same name are: five communes are called Celles."""
        typed = Organisation(id=self.row.id, name=self.input("name").value())
        found: list[Organisation] = []
        if typed.name:
            with self.workspace.read() as session:
                found = organisations.same_name(session, typed)
        where = french.listed([departement_name(row.departement) or "sans département" for row in found])
        said = f"Ce nom existe déjà ({where})\u00a0: est-ce le même organisme\u202f?" if found else ""
        self.fields["name"].show_remark(said, "warn")

    def _warn(self) -> None:
        typed = Organisation(**{name: self.input(name).value() for name in NUMBERS})
        warnings = organisations.organisation_warnings(typed)
        for name in NUMBERS:
            self.fields[name].show_remark(warnings.get(name, ""), "warn")

    def load(self, row: Organisation) -> None:
        super().load(row)
        self.input("spellings").set_value("\n".join(alias.name for alias in row.aliases))
        self._tell_namesakes()
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
