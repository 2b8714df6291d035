"""The journal in French: what columns are called, and how a recorded value is written."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Column
from sqlalchemy.orm import Session

from vto_desktop import french
from vto_desktop.model import Base
from vto_desktop.model.base import CentsType, DateType, FlagType

COLUMNS: Final = {
    "account_class": "Classe", "account_code": "Compte", "action_id": "Action", "address": "Adresse",
    "agenda": "Ordre du jour", "amount": "Montant", "amount_change": "Changement de montant",
    "arrived_at": "Arrivée à", "asked_amount": "Montant demandé", "asked_on": "Demandée le",
    "association_id": "Association", "awarded_amount": "Montant accordé", "basis": "Tenue", "bic": "BIC",
    "birth_place": "Lieu de naissance", "body_id": "Instance", "born_on": "Naissance", "budget_id": "Budget",
    "called_on": "Appelée le", "campaign_id": "Campagne", "cancelled_on": "Annulée le",
    "cancelling_reason": "Motif d’annulation", "capacity": "Qualité", "chair_id": "Présidence",
    "chart": "Plan comptable", "chorus_service": "Code service Chorus", "city": "Commune",
    "civility": "Civilité", "closed_on": "Clos le", "code": "Code", "college_id": "Collège",
    "colour": "Couleur", "computed_amount": "Montant calculé", "condition": "Condition",
    "convened_on": "Convoquée le", "convention_id": "Convention", "declaration_number": "Récépissé",
    "declared_on": "Déclaré le", "departement": "Département", "drawn_from_id": "Issue de",
    "due_on": "Échéance", "dues_id": "Cotisation", "elected_at_id": "Élu lors de",
    "elected_by_id": "Élue par", "eligibility": "Qui peut siéger", "email": "Courriel",
    "end_declaration_number": "Récépissé de la fin", "end_declared_on": "Fin déclarée le", "ends_on": "Fin",
    "entered_on": "Date", "feminine": "Féminin", "first_name": "Prénom", "fiscal_year_id": "Exercice",
    "flat": "Forfait", "form": "Formulaire", "form_line_id": "Ligne de formulaire", "funder_id": "Financeur",
    "funder_reference": "Référence du financeur", "funding_source_id": "Source de financement",
    "has_quorum_by_college": "Quorum par collège", "held_on": "Date", "iban": "IBAN", "insee": "Code INSEE",
    "instalment_id": "Tranche", "is_dues": "Reçoit les cotisations",
    "is_members_only": "Réservée aux adhérents", "is_second_call": "Seconde convocation",
    "is_unique": "Un seul titulaire", "joined_on": "Adhésion", "kind": "Type", "label": "Libellé",
    "last_name": "Nom", "leaving_reason": "Motif du départ", "left_on": "Départ", "link": "Lien",
    "logo": "Logo", "masculine": "Masculin", "max_powers": "Pouvoirs par personne", "maximum": "Maximum",
    "means": "Moyen", "measure": "Mesure", "meeting_id": "Réunion", "member_id": "Adhérent",
    "minimum": "Minimum", "name": "Nom", "nationality": "Nationalité",
    "needs_commitment_number": "Numéro d’engagement exigé", "new_ends_on": "Nouvelle fin", "notes": "Notes",
    "notice": "Avis du dossier", "notice_days": "Délai de convocation (jours)", "notified_on": "Notifiée le",
    "number": "Numéro", "object": "Objet", "office": "Fonction", "office_id": "Fonction",
    "organisation_id": "Organisme", "origin": "Origine", "outcome": "Résultat", "parent_id": "Au-dessus",
    "path": "Fichier", "person_id": "Personne", "person_in_charge_id": "Suivi par", "phone": "Téléphone",
    "piece": "Pièce", "place": "Lieu", "plural": "Pluriel", "population": "Population",
    "population_year": "Année de la population", "position": "Ordre", "postcode": "Code postal",
    "prefix": "Préfixe", "presence": "Présence", "previous_hash": "Empreinte d’avant",
    "profession": "Profession", "programme_id": "Programme", "proxy_id": "Par",
    "quorum_part": "Quorum (part)", "quorum_whole": "Quorum (sur)", "rank": "Rang",
    "rate": "Taux par habitant", "reason": "Motif", "received_on": "Reçu le", "reference": "Référence",
    "refused_on": "Refusée le", "report_delay_months": "Délai du compte rendu (mois)",
    "report_rhythm": "Rythme des comptes rendus", "resealed_from": "Scellé de nouveau depuis l’étape",
    "rna": "RNA", "seats": "Sièges", "secretary_id": "Secrétariat", "sent_on": "Envoyé le",
    "sentence_form": "Forme dans la phrase", "settled_on": "Soldée le", "short_name": "Nom court",
    "side": "Côté", "signed_on": "Signature", "siren": "SIREN", "siret": "SIRET", "source": "Source",
    "starts_on": "Début", "tagline": "Sous-titre", "term_months": "Durée (mois)", "term_on": "Terme prévu",
    "text": "Texte", "time": "Heure", "title": "Titre", "unit": "Unité", "value": "Valeur",
    "vat_sentence": "Phrase de TVA", "voted_on": "Voté le", "votes_abstained": "Abstentions",
    "votes_against": "Contre", "votes_for": "Pour", "website": "Site web", "year": "Année",
    "commitment_number": "Numéro d’engagement", "is_prorated": "Au prorata", "payment": "Paiement",
    "slip": "Remise", "level": "Niveau", "dues.basis": "Calcul",
}  # fmt: skip

PRIVATE: Final = frozenset({"civil_status"})
"""Tables whose values are never shown, not even here: only which of them changed."""
NAMING: Final = ("full_name", "title", "name", "label", "number", "year", "code", "prefix")
COMPOSED: Final = {
    "attendance": ("person_id", "member_id", "meeting_id"), "body_seats": ("body_id", "college_id"),
    "convention_agreement": ("convention_id", "organisation_id"),
    "convention_share": ("convention_id", "fiscal_year_id"), "dues": ("member_id",),
    "mandate": ("person_id", "office_id", "member_id"), "meeting": ("body_id", "held_on"),
    "receipt": ("dues_id", "instalment_id"), "reminder": ("dues_id",),
    "representative": ("person_id", "member_id"),
}  # fmt: skip
"""Rows without a name of their own are called by what they join: who, in what, when."""
HIDDEN: Final = frozenset({"id", "version", "sort_key", "search_key"})
NOTHING: Final = "–"
HIDDEN_VALUE: Final = "contenu masqué"
LONGEST: Final = 160


def column_word(name: str, table: str = "") -> str:
    """Return what a column is called; few are called otherwise in one table."""
    return COLUMNS.get(f"{table}.{name}") or COLUMNS.get(name, name)


def row_name(session: Session, table: str, row_id: int, values: Mapping[str, Any]) -> str:
    """Return the name of a row: as it stands now, else as it was recorded."""
    if table in PRIVATE:
        return _present_name(session, "person", values.get("person_id") or 0) or f"n°\u00a0{row_id}"
    for name in ("full_name", "title", "name", "label"):
        if isinstance(found := values.get(name), str) and found:
            return found
    if values.get("last_name"):
        return f"{values.get('first_name', '')} {values['last_name']}".strip()
    return _present_name(session, table, row_id) or _composed(session, table, values) or f"n°\u00a0{row_id}"


def _present_name(session: Session, table: str, row_id: int) -> str:
    kind = _mapped().get(table)
    row = session.get(kind, row_id) if kind is not None else None
    for name in NAMING:
        if found := getattr(row, name, None):
            return str(found)
    columns = {name: getattr(row, name, None) for name in COMPOSED.get(table, ())}
    return _composed(session, table, columns)


def _composed(session: Session, table: str, values: Mapping[str, Any]) -> str:
    """Return « Josian RIBES, Président·e », nothing for rows that are called otherwise."""
    parts = [written(session, table, name, values.get(name)) for name in COMPOSED.get(table, ())]
    return ", ".join(dict.fromkeys(part for part in parts if part != NOTHING))


def _mapped() -> dict[str, type[Base]]:
    return {mapper.local_table.description: mapper.class_ for mapper in Base.registry.mappers}


def written(session: Session, table: str, name: str, value: Any) -> str:
    """Return a recorded value as users read it: amounts, dates, yes or no, names of other rows."""
    if value is None or value == "":
        return NOTHING
    if table in PRIVATE:
        return HIDDEN_VALUE
    known = Base.metadata.tables.get(table)
    column = known.columns.get(name) if known is not None else None
    if column is None:
        return str(value)
    if name == "logo":
        return "une image"
    for key in column.foreign_keys:
        return _present_name(session, key.column.table.name, value) or f"n°\u00a0{value}"
    return _plain(column, value)


def _plain(column: Column[Any], value: Any) -> str:
    if isinstance(column.type, CentsType):
        return french.amount(int(value))
    if isinstance(column.type, FlagType):
        return "oui" if value else "non"
    if isinstance(column.type, DateType):
        return french.short_date(value if isinstance(value, date) else date.fromisoformat(value))
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
