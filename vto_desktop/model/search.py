"""Searching a table's folded ``search_key``: one portable condition, which the store makes fast on SQLite."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, ColumnElement, FromClause, and_, bindparam, func, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

TRIGRAM = 3


class Matches(FunctionElement[bool]):
    """Rows whose key contains every one of these words, each of at least three characters.

    Its clauses are the key, the id of the same row, then the words as bound parameters, so that the
    compiled statement is cached whatever is typed.
    """

    name = "matches"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> "Matches":
        """Stay as it is: « … = 1 », which SQLAlchemy adds to a boolean, would hide the index from SQLite."""
        return self

    @property
    def key_column(self) -> ColumnElement[str]:
        """Return the searched column."""
        return self.clauses.clauses[0]

    @property
    def id_column(self) -> ColumnElement[int]:
        """Return the id of the searched row, from the same table or alias."""
        return self.clauses.clauses[1]

    @property
    def words(self) -> list[ColumnElement[str]]:
        """Return the bound words."""
        return list(self.clauses.clauses[2:])


class MatchesShort(Matches):
    """The same by reading the keys: for words of one or two characters, which no trigram index can find."""

    inherit_cache = True


@compiles(Matches)
def _as_like(element: Matches, compiler: SQLCompiler, **options: Any) -> str:
    """Compile to LIKE, which every database knows."""
    likes = [element.key_column.like("%" + _escaped(word) + "%", escape="\\") for word in element.words]
    return "(" + compiler.process(and_(true(), *likes), **options) + ")"


def _escaped(word: ColumnElement[str]) -> ColumnElement[str]:
    """Escape LIKE's own characters in SQL: the word is bound, so that one compiled statement serves all."""
    for character in ("\\", "%", "_"):
        word = func.replace(word, character, "\\" + character)
    return word


def _bound(words: Iterable[str]) -> list[ColumnElement[str]]:
    return [bindparam(None, word, unique=True) for word in words]


def is_indexed(text: str) -> bool:
    """Return whether an index of words serves to find this folded text."""
    return any(len(word) >= TRIGRAM for word in text.split())


def matches(search_key_column: Any, text: str, *, by_scan: bool = False) -> ColumnElement[bool]:
    """Return the condition « the key contains every word of ``text`` »; no word at all matches every row.

    ``text`` comes folded by ``french.search_key``; the column is a mapped attribute (an alias's too) of
    a table that has an ``id``. Any character is only a character: no wildcard, no operator. ``by_scan``
    is for few rows, in which an index of the words would not help.
    """
    column = coercions.expect(roles.ColumnArgumentRole, search_key_column)
    table: FromClause = column.table
    words = [word for word in text.replace("\0", "").split() if word]
    long = [] if by_scan else [word for word in words if len(word) >= TRIGRAM]
    short = [word for word in words if word not in long]
    conditions: list[ColumnElement[bool]] = []
    if long:
        conditions.append(Matches(column, table.c.id, *_bound(long)))
    if short:
        conditions.append(MatchesShort(column, table.c.id, *_bound(short)))
    return and_(true(), *conditions)
