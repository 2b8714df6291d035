"""French typography of what users read: no guillemet stands alone at the end or the beginning of a line."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import vto_desktop

ROOT = Path(vto_desktop.__file__).parent
FOLDERS = ("cli", "exchange", "model", "reports", "services", "store", "ui")
MODULES = [*ROOT.glob("*.py"), *(each for name in FOLDERS for each in (ROOT / name).rglob("*.py"))]


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of the strings of a module; what documents the code is no sentence for users."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def breakable(source: str) -> list[str]:
    """Return the strings in which a line may end after « or before »."""
    return [f"{line}: {text}" for line, text in sentences(source) if "« " in text or " »" in text]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_space_inside_guillemets_breaks_no_line(path: Path) -> None:
    assert breakable(path.read_text(encoding="utf-8")) == []


def test_a_breaking_space_is_found_in_every_kind_of_string() -> None:
    source = '"""Documents « this »."""\nA = "« oui\u00a0»"\nB = f"«\u00a0{A} »"\nC = "«\u00a0C\u00a0»"\n'
    assert [each[:2] for each in breakable(source)] == ["2:", "3:"]
