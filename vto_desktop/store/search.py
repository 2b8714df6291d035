"""Searching on SQLite: the trigram index from three characters, a plain scan of the keys below."""

from typing import Any

from sqlalchemy import ColumnElement, Table, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from vto_desktop.model.search import Matches, MatchesShort
from vto_desktop.store.schema import search_tables


def _table_name(column: ColumnElement[Any]) -> str:
    """Return the name of the table behind a column, or of an alias of it."""
    table: Any = getattr(column, "table", None)
    while table is not None and not isinstance(table, Table):
        table = getattr(table, "element", None)
    return table.name if table is not None else ""


@compiles(Matches, "sqlite")
def _by_trigrams(element: Matches, compiler: SQLCompiler, **options: Any) -> str:
    """Look the words up in the table's full-text index; each is quoted, so no character is an operator."""
    search = f"{_table_name(element.key_column)}_search"
    if search not in search_tables():
        return _by_scan(element, compiler, **options)
    key_id = compiler.process(element.id_column, **options)
    quoted = [
        "'\"' || replace(" + compiler.process(word, **options) + ", '\"', '\"\"') || '\"'"
        for word in element.words
    ]
    expression = " || ' AND ' || ".join(quoted)
    return f"({key_id} IN (SELECT rowid FROM {search} WHERE {search} MATCH {expression}))"  # noqa: S608 - our names


@compiles(MatchesShort, "sqlite")
def _by_scan(element: Matches, compiler: SQLCompiler, **options: Any) -> str:
    """Scan the keys: they are folded already, so GLOB, which looks for the first letter in one leap."""
    found = [element.key_column.op("GLOB")("*" + _plain(word) + "*") for word in element.words]
    return "(" + " AND ".join(compiler.process(condition, **options) for condition in found) + ")"


def _plain(word: ColumnElement[str]) -> ColumnElement[str]:
    """Take GLOB's own characters as they are."""
    for character in ("[", "*", "?"):
        word = func.replace(word, character, f"[{character}]")
    return word
