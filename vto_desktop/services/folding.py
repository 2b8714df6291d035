"""Searching texts that keep no search key, without accents or case, on any database.

The database narrows down with a pattern in which every letter that may carry an accent is open; what it
finds is then read once in Python. Folding in SQL alone would nest forty functions, more than SQLite parses.
"""

import re
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, true

from vto_desktop import french

_LIGATURES: Final = re.compile(r"oe|ae|ss")  # œ, æ, ß: two letters that may be one character
_OPEN: Final = re.compile(r"[aceinouy]|[^a-z0-9%]")  # letters that French and Spanish accent


def words_of(text: str) -> list[str]:
    """Return the folded words of what was typed."""
    return french.search_key(text.replace("\0", "")).split()


def may_hold(words: list[str], *columns: Any) -> ColumnElement[bool]:
    """Return a condition that every row holding all the words meets, and few others."""
    together: ColumnElement[str] = literal("")
    for column in columns:
        together = together + func.coalesce(cast(column, String), "") + literal(" ")
    patterns = (f"%{_OPEN.sub('_', _LIGATURES.sub('%', word))}%" for word in words)
    return and_(true(), *(func.lower(together).like(pattern) for pattern in patterns))


def holds(words: list[str], *values: object) -> bool:
    """Return whether these texts together hold every word."""
    key = french.search_key(*values)
    return all(word in key for word in words)
