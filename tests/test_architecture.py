"""The house rules that a reader can rely on, read from the tree itself."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "vto_desktop"
OURS = sorted([*PACKAGE.rglob("*.py"), ROOT / "dev.py", *(ROOT / "db").rglob("*.py")])


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called_names(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imported_modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_opens_with_one_sentence(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))


def test_nothing_runs_text_as_code() -> None:
    forbidden = {"eval", "exec", "pickle.loads", "pickle.load", "yaml.load", "os.system", "marshal.loads"}
    for path in OURS:
        for name, call in called_names(tree_of(path)):
            assert name not in forbidden, f"{path}: {name}"
            assert not any(word.arg == "shell" for word in call.keywords), f"{path}: shell="


def test_nothing_can_reach_the_network() -> None:
    network = re.compile(
        r"^(socket|ssl|urllib\.request|http(\.|$)|ftplib|smtplib|requests|PySide6\.Qt(Network|Web))"
    )
    for path in sorted(PACKAGE.rglob("*.py")):
        for module in imported_modules(tree_of(path)):
            assert not network.match(module), f"{path}: {module}"


def test_no_dialog_is_exec_uted() -> None:
    for path in sorted((PACKAGE / "ui").rglob("*.py")):
        for name, _call in called_names(tree_of(path)):
            if name.endswith((".exec", ".exec_")):
                assert path.name == "session.py", f"{path}: {name} blocks whoever drives the window"


def test_no_lock_line_names_an_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock
    pinned = [line for line in lock.splitlines() if "==" in line]
    assert pinned
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_thousand_void_calls_keep_the_count_of_none() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one reference to None per void call, and aborts in the end."""
    program = (
        "import sys; from PySide6.QtWidgets import QApplication, QLabel\n"
        "app = QApplication([]); label = QLabel(); before = sys.getrefcount(None)\n"
        "for i in range(1000): label.setText(str(i))\n"
        "print(before - sys.getrefcount(None))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(shown.stdout) < 100


def test_the_largest_files_and_functions_are_shown() -> None:
    written = sorted(PACKAGE.rglob("*.py"))  # the migrations are generated
    files = sorted(((len(p.read_text(encoding="utf-8").splitlines()), p) for p in written), reverse=True)
    functions = sorted(
        (
            ((node.end_lineno or 0) - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}")
            for path in written
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.FunctionDef)
        ),
        reverse=True,
    )
    print("largest files:", *(f"{path.relative_to(ROOT)} {lines}" for lines, path in files[:5]))
    print("longest functions:", *(f"{name} {lines}" for lines, name in functions[:5]))
    assert files[0][0] <= 400
    assert functions[0][0] <= 55


def test_no_key_is_left_to_the_platform_that_means_something_else_here() -> None:
    """On X11 the standard keys that delete are also Ctrl+D, which duplicates; it takes a screen to see it."""
    named = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (PACKAGE / "ui").rglob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"Delete", "DeleteCompleteLine", "DeleteEndOfLine"}
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "StandardKey"
    }
    assert named == set()
