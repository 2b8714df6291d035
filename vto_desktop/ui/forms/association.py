"""« Réglages de l’association » : what its papers carry, and who signs them."""

from functools import partial
from typing import Any

from sqlalchemy import select

from vto_desktop.errors import UserError
from vto_desktop.model import Association, Person, Signatory
from vto_desktop.services import association
from vto_desktop.services.rows import delete_row
from vto_desktop.ui.forms.logo import LogoInput
from vto_desktop.ui.forms.signatory import SignatoryForm
from vto_desktop.ui.kit.form import Form
from vto_desktop.ui.kit.inputs import MemoInput, TextInput
from vto_desktop.ui.kit.items import Item, Items
from vto_desktop.ui.kit.panel import button
from vto_desktop.ui.kit.workspace import Workspace


class AssociationForm(Form):
    """Edits the settings; doubtful numbers are told, never refused; signatories are kept at once."""

    title = "Réglages de l’association"

    @classmethod
    def edit(cls, workspace: Workspace, parent: Any = None) -> "AssociationForm":
        """Return the form of the open dossier's settings."""
        with workspace.read() as session:
            row = association.get_association(session) or Association(id=1, name="")
        return cls(workspace, row, parent)

    def build(self) -> None:
        self.head("Réglages de l’association", "Ils paraissent en tête de chaque document imprimé.")
        self.add("&Nom", "name", TextInput())
        self.add(
            "&Sous-titre",
            "tagline",
            TextInput(),
            hint="Par exemple\u00a0: centre de ressources politique de la ville.",
        )
        self.add("&Logo", "logo", LogoInput())
        self.add("&Adresse", "address", MemoInput(lines=2))
        self.pair(
            self.field("&Code postal", "postcode", TextInput()), self.field("Co&mmune", "city", TextInput())
        )
        self.pair(
            self.field("Co&urriel", "email", TextInput()), self.field("&Téléphone", "phone", TextInput())
        )
        self.add("Site &web", "website", TextInput())
        self.section("Numéros")
        self.pair(self.field("S&IRET", "siret", TextInput()), self.field("&RNA", "rna", TextInput()))
        self.pair(self.field("I&BAN", "iban", TextInput()), self.field("BI&C", "bic", TextInput()))
        hint = (
            "Imprimée sur les appels de cotisation, par exemple\u00a0: TVA non applicable, "
            "article 293 B du CGI."
        )
        self.add("Phrase de T&VA", "vat_sentence", TextInput(), hint=hint)
        hint = "Affiché sur chaque page et chaque document\u00a0; vide pour un vrai dossier."
        self.add("Avis du dossier", "notice", TextInput(), hint=hint)
        self.section("Signataires")
        self.signatories = Items("Personne n’est encore désigné pour signer les documents.")
        self.place(self.signatories)
        self.new_signatory = button("Ajouter un signataire…", self.add_signatory, icon="plus", kind="small")
        self.place(self.new_signatory)
        self.workspace.changed.connect(self._on_changed)
        self._show_signatories()
        for name in ("siret", "rna", "iban", "bic"):
            self.input(name).changed.connect(partial(self._warn, name))

    def load(self, row: Association) -> None:
        super().load(row)
        for name in ("siret", "rna", "iban", "bic"):
            self._warn(name)

    def _warn(self, name: str) -> None:
        """Say what looks wrong in one number, beside it."""
        typed = Association(name="x", **{name: self.input(name).value()})
        self.fields[name].show_remark(association.association_warnings(typed).get(name, ""), "warn")

    def save(self) -> None:
        with self.workspace.write("Modifier les réglages de l’association") as session:
            association.save_association(session, self.row)
            self.workspace.notice = self.row.notice

    # --- signatories -----------------------------------------------------------------------------

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & {"signatory", "person"}:
            self._show_signatories()

    def _show_signatories(self) -> None:
        chosen = (
            select(Signatory.id, Person.first_name, Person.last_name, Signatory.office)
            .join(Person, Signatory.person_id == Person.id)
            .order_by(Signatory.position, Signatory.id)
        )
        with self.workspace.read() as session:
            rows = session.execute(chosen).all()
        items = [
            Item(
                f"{first} {last}".strip(),
                captions=(office,),
                acts=(
                    ("Modifier", "pencil", partial(self._edit_signatory, row_id)),
                    ("Supprimer", "trash-2", partial(self._delete_signatory, row_id, last)),
                ),
            )
            for row_id, first, last, office in rows
        ]
        self.signatories.show_items(items, writable=not self.workspace.is_read_only)

    def add_signatory(self) -> None:
        """Open the form of a new signatory."""
        count = len(self.signatories.views)
        SignatoryForm(self.workspace, Signatory(association_id=1, office="", position=count), self).start()

    def _edit_signatory(self, row_id: int) -> None:
        SignatoryForm.edit(self.workspace, row_id, self).start()

    def _delete_signatory(self, row_id: int, name: str) -> None:
        try:
            with self.workspace.write(f"Supprimer le signataire «\u00a0{name}\u00a0»") as session:
                delete_row(session, Signatory, row_id, name=name)
        except UserError as refused:
            self.banner.tell(str(refused), "danger")
