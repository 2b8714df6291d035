"""The reference data shipped with the program: départements, charts of accounts, lines of subsidy forms."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

from vto_desktop import paths

CHARTS: Final = ("2018", "2025")
RENUMBERED_IN: Final = 2025  # first fiscal year of the renumbered chart (règlement ANC 2022-06)
FORM: Final = "12156"


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of one of our own ``;`` files, by heading."""
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter=";"))


@cache
def departements() -> dict[str, str]:
    """Return the name of each French département by its code."""
    return {row["code"]: row["nom"] for row in read_table(paths.resource("reference", "departements.csv"))}


def departement_name(code: str) -> str:
    """Return « Hérault » for « 34 », or nothing for an unknown code."""
    return departements().get(code, "")


def chart_accounts(chart: str) -> list[tuple[str, str]]:
    """Return code and label of every account of one version of the chart (règlement ANC 2018-06)."""
    rows = read_table(paths.resource("reference", f"plan-comptable-{chart}.csv"))
    return [(row["code"], row["libellé"]) for row in rows]


def chart_for(year: int) -> str:
    """Return the version of the chart that a fiscal year follows."""
    return CHARTS[1] if year >= RENUMBERED_IN else CHARTS[0]


def account_class(code: str) -> int:
    """Return the class of an account: its first figure, or 86 and 87, which never enter the result."""
    return int(code[:2]) if code[:2] in ("86", "87") else int(code[:1])


def form_lines() -> list[dict[str, str]]:
    """Return the lines of cerfa 12156 and 15059 in their printed order."""
    return read_table(paths.resource("reference", f"cerfa-{FORM}-lignes.csv"))


def form_mapping() -> list[dict[str, str]]:
    """Return, by chart, the account prefixes and the form line each goes to."""
    return read_table(paths.resource("reference", f"cerfa-{FORM}-correspondance.csv"))
