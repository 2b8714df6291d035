"""The figures of a year as shares and sentences: what the financial summary says in French."""

from collections.abc import Sequence

from vto_desktop import french
from vto_desktop.french import NBSP
from vto_desktop.services.figures import AuthorityShare

WHOLE = 10_000  # 100 % in hundredths of a percent


def share(part: int, whole: int) -> int:
    """Return ``part / whole`` in hundredths of a percent, rounded half away from zero."""
    return french.rounded(part * WHOLE, whole) if whole else 0


def income_sentence(year: int, total: int, roots: Sequence[tuple[str, str, int]], unassigned: int) -> str:
    """Return « Les ressources 2021 proviennent pour 79 % de l’État, … » from name, form and amount of roots.

    A form such as « de l’État » follows « pour 79 % »; a root without one reads « 3 % autres ».
    """
    if total <= 0:
        return f"Aucune ressource n’est enregistrée pour {year}."
    parts = [_part(name, form, amount, total) for name, form, amount in roots if amount]
    if unassigned:
        parts.append(f"{_percent(unassigned, total)} sans source indiquée")
    if not parts[0].startswith("pour"):
        return f"Ressources {year}{NBSP}: {', '.join(parts)}."
    return f"Les ressources {year} proviennent {', '.join(parts)}."


def _part(name: str, form: str, amount: int, total: int) -> str:
    percent = _percent(amount, total)
    return f"pour {percent} {form}" if form else f"{percent} {name[:1].lower()}{name[1:]}"


def _percent(part: int, whole: int) -> str:
    """Return a share in a sentence: what is there is never said to be 0 %."""
    is_tiny = 0 < 200 * part < whole
    return f"moins de {french.percent(1, 100)}" if is_tiny else french.percent(part, whole)


def authority_sentence(series: Sequence[AuthorityShare]) -> str:
    """Return « 10 % en 2018, 16 % en 2019 et 2020, 18 % en 2021, dont subventions 2 %, 4 %, 4 %, 2 %. »."""
    if not series:
        return ""
    groups: list[tuple[str, list[str]]] = []
    for each in series:
        text = french.percent(each.total, WHOLE)
        if groups and groups[-1][0] == text:
            groups[-1][1].append(str(each.year))
        else:
            groups.append((text, [str(each.year)]))
    said = ", ".join(f"{text} en {french.listed(years)}" for text, years in groups)
    if any(each.subsidies for each in series):
        said += ", dont subventions " + ", ".join(french.percent(each.subsidies, WHOLE) for each in series)
    return f"{said}."


def expense_sentence(total: int, payroll: int, external: int, changes: Sequence[tuple[str, int, int]]) -> str:
    """Return « 40 % des dépenses sont des charges de personnel, … » and how things moved since last year.

    ``changes`` are what moved (« Les frais… », « la masse… »), its amount now and the year before.
    """
    if total <= 0:
        return "Aucune dépense n’est enregistrée."
    shares = [
        (payroll, "des charges de personnel"),
        (external, "des services extérieurs"),
    ]
    named = [(amount, name) for amount, name in shares if amount]
    said = ", ".join(
        f"{french.percent(amount, total)} {'des dépenses sont ' if place == 0 else ''}{name}"
        for place, (amount, name) in enumerate(named)
    )
    moved = _moves(changes)
    return " ".join(filter(None, (f"{said}." if said else "", moved)))


def _moves(changes: Sequence[tuple[str, int, int]]) -> str:
    parts: list[str] = []
    last = ""
    for name, now, before in changes:
        if before <= 0:
            continue
        percent = french.percent(abs(now - before), before)
        moves = french.rounded((now - before) * 100, before)
        plural = name.startswith("Les")
        verb = "augmente" if moves > 0 else "diminue" if moves < 0 else "reste"
        text = {"augmente": f"de {percent}", "diminue": f"de {percent}", "reste": "stable" + "s" * plural}[
            verb
        ]
        verb_said = "" if verb == last else f" {verb}{'nt' if plural else ''}"
        parts.append(f"{name}{verb_said} {text}")
        last = verb
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""
