"""Classes of accounts as filters, and the sums of expenses and income as lists say them."""

from collections.abc import Iterable
from typing import Any, Final

from vto_desktop import french

SIDES: Final = (
    ("6", "6 Charges"),
    ("7", "7 Produits"),
    ("86", "86 Emplois en nature"),
    ("87", "87 En nature"),
)


def in_class(code: str, wanted: Any) -> bool:
    """Return whether an account belongs to a class chosen in a filter (None: no choice)."""
    return wanted is None or code.startswith(wanted)


def present_classes(codes: Iterable[str]) -> list[tuple[Any, str]]:
    """Return the classes that hold something: 6 and 7 first, then their two-figure classes."""
    present = set(codes)
    sides = [(code, text) for code, text in SIDES if any(each.startswith(code) for each in present)]
    known = {code for code, _text in SIDES}
    return sides + [(code, code) for code in sorted({each[:2] for each in present} - known)]


def sums_text(pairs: Iterable[tuple[str, int]]) -> str:
    """Return « Charges 392 000 € · Produits 400 000 € » of (account, cents); 86 and 87 apart."""
    sums: dict[str, int] = {}
    for code, amount in pairs:
        side = "Charges" if code[:1] == "6" else "Produits" if code[:1] == "7" else "En nature"
        sums[side] = sums.get(side, 0) + amount
    return " · ".join(
        f"{side} {french.amount(sums[side])}" for side in ("Charges", "Produits", "En nature") if side in sums
    )
