"""What the rows of each table are called in French."""

from typing import Final

TABLES: Final = {
    "account": "Compte", "action": "Action", "amendment": "Avenant",
    "association": "Réglages de l’association", "attendance": "Présence", "body": "Instance",
    "body_seats": "Sièges d’une instance", "budget": "Budget", "budget_line": "Ligne budgétaire",
    "civil_status": "État civil", "college": "Collège", "convention": "Convention",
    "convention_agreement": "Accord de convention", "convention_share": "Part annuelle",
    "decision": "Délibération", "dues": "Cotisation", "dues_campaign": "Campagne de cotisation",
    "dues_scale": "Barème", "entry": "Écriture", "fiscal_year": "Exercice",
    "form_line": "Ligne de formulaire", "form_mapping": "Correspondance de compte",
    "funding_source": "Source de financement", "instalment": "Tranche", "journal": "Scellement du journal",
    "mandate": "Mandat", "meeting": "Réunion", "meeting_document": "Document de réunion",
    "member": "Adhérent", "office": "Fonction", "organisation": "Organisme",
    "organisation_alias": "Autre nom d’organisme", "person": "Personne", "programme": "Programme",
    "published_figure": "Chiffre publié", "receipt": "Encaissement", "reminder": "Relance",
    "report_due": "Compte rendu dû", "representative": "Représentant", "signatory": "Signataire",
}  # fmt: skip


def table_word(table: str) -> str:
    """Return what a table's rows are called; a table that is no longer there keeps its own name."""
    return TABLES.get(table, table)
