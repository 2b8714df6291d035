"""Civil status is asked for in one place: planted everywhere, no list, export, search or log shows it."""

import io
import json
import shutil
import zipfile
from argparse import _SubParsersAction
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTableView, QWidget
from sqlalchemy import select

from vto_desktop.__main__ import main
from vto_desktop.cli import _parser
from vto_desktop.model import CivilStatus, Person
from vto_desktop.reports import REPORTS
from vto_desktop.services import finding
from vto_desktop.services.lists import LISTS
from vto_desktop.settings import Settings
from vto_desktop.store import journal, open_dossier
from vto_desktop.ui.kit import crash_log, drafts, theme
from vto_desktop.ui.kit.page import Page
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.pages import PAGES

MARK = "Zanzibar"
BORN = date(1903, 7, 19)
BIRTHS = ("1903-07-19", "19/07/1903", "19 juillet 1903")
ALLOWED = {"officers-declaration"}  # the one paper that asks for it


@pytest.fixture(scope="module")
def planted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example with a civil status for every person, in the table and in the journal."""
    path = tmp_path_factory.mktemp("semé") / "exemple.vto"
    assert main(["new", str(path), "--example"]) == 0
    with open_dossier(path, author="Anne") as dossier, dossier.write("Compléter l’état civil") as session:
        for row_id in session.scalars(select(Person.id)):
            session.add(
                CivilStatus(
                    person_id=row_id, born_on=BORN, birth_place=f"{MARK}1", nationality=f"{MARK}2",
                    profession=f"{MARK}3", address=f"1 rue de {MARK}4",
                )
            )  # fmt: skip
    return path


@pytest.fixture
def planted(planted_once: Path, tmp_path: Path) -> Path:
    """Return a copy of that example."""
    return Path(shutil.copy(planted_once, tmp_path / "exemple.vto"))


def is_clean(text: str) -> bool:
    """Return whether nothing of what was planted stands in a text."""
    return MARK.casefold() not in text.casefold() and not any(birth in text for birth in BIRTHS)


def summaries() -> list[str]:
    """Return the names of the summaries that the command line prints."""
    (commands,) = (action for action in _parser()._actions if isinstance(action, _SubParsersAction))
    (which,) = (action for action in commands.choices["summary"]._actions if action.dest == "which")
    return list(which.choices or ())


def test_the_planted_values_are_there_to_be_found(planted: Path) -> None:
    assert MARK.encode() in planted.read_bytes()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_no_exported_list_holds_it(planted: Path, tmp_path: Path, name: str, suffix: str) -> None:
    target = tmp_path / f"liste.{suffix}"
    assert main(["export", name, str(planted), "--to", str(target)]) == 0
    parts = [target.read_bytes()]
    if suffix == "xlsx":
        with zipfile.ZipFile(target) as workbook:
            parts = [workbook.read(part) for part in workbook.namelist()]
    assert all(is_clean(part.decode("utf-8", "replace")) for part in parts)


def test_no_json_of_the_command_line_holds_it(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for name in summaries():
        assert main(["summary", name, str(planted)]) == 0
    assert main(["info", str(planted), "--json"]) == 0
    assert main(["check", str(planted)]) == 0
    shown = capsys.readouterr()
    assert len(shown.out) > 1000
    assert is_clean(shown.out + shown.err)


@pytest.mark.parametrize("name", [name for name in REPORTS if name not in ALLOWED])
def test_no_other_paper_holds_it(planted: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "papier.pdf"
    assert (
        main(["print", name, str(planted), "--to", str(target), "--date", "2021-12-31", "--meeting", "1"])
        == 0
    )
    reader = pypdf.PdfReader(io.BytesIO(target.read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert text.strip()
    assert is_clean(text + json.dumps(dict(reader.metadata or {}), default=str))


def test_no_search_finds_it(planted: Path) -> None:
    with open_dossier(planted) as dossier:
        with dossier.read() as session:
            for text in (MARK, "Zanzi", *BIRTHS, "1903"):
                assert finding.find(session, text) == []
                for asked in LISTS.values():
                    assert list(asked.ids(session, text=text)) == []
        assert journal.step_ids(dossier, text=MARK) == []


# --- on screen -----------------------------------------------------------------------------------


@pytest.fixture
def workspace(planted: Path, qapp: QApplication, tmp_path: Path) -> Iterator[Workspace]:
    """Return a workspace on the planted dossier."""
    settings = Settings(tmp_path / "preferences.json")
    theme.apply(settings)
    made = Workspace(settings)
    with open_dossier(planted, author="Anne") as dossier:
        made.set_dossier(dossier, year=2021)
        yield made
        made.set_dossier(None)


def texts_in(widget: QWidget) -> Iterator[str]:
    """Yield every text that a widget shows, tables cell by cell."""
    for label in widget.findChildren(QLabel):
        yield label.text()
    for line in widget.findChildren(QLineEdit):
        yield line.text()
    for memo in widget.findChildren(QPlainTextEdit):
        yield memo.toPlainText()
    for table in widget.findChildren(QTableView):
        model = table.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                yield str(model.index(row, column).data())


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_no_page_shows_it(workspace: Workspace, key: str, qtbot: object) -> None:
    kind: Callable[[Workspace], Page] = next(entry for entry in PAGES if entry.key == key).load()
    page = kind(workspace)
    page.resize(1300, 800)
    page.show()
    page.refresh_now()
    QApplication.processEvents()
    views: list[Callable[[], object]] = [act for _name, act in page.views()]
    for act in (page.refresh_now, *views):
        act()
        QApplication.processEvents()
        shown = "\n".join(texts_in(page))
        assert shown
        assert is_clean(shown)
    page.hide()
    page.deleteLater()


def test_neither_draft_nor_log_holds_what_was_typed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, own_folders: Path, qtbot: object
) -> None:
    from vto_desktop.services import civil_status
    from vto_desktop.ui.forms.civil_status import CivilStatusForm

    def fail(*_given: object, **_named: object) -> None:
        raise ValueError(f"{MARK} cannot be kept")

    monkeypatch.setattr(civil_status, "save_civil_status", fail)
    form = CivilStatusForm.of(workspace, 1)
    form.start()
    form.input("profession").set_value(f"{MARK}9")
    form.keep_draft()
    try:
        form.submit()
    except ValueError as error:
        crash_log.write(error)
    assert crash_log.path().read_text(encoding="utf-8")
    assert not list(drafts.folder().glob("*"))
    for path in own_folders.rglob("*"):
        if path.is_file():
            assert MARK.encode() not in path.read_bytes(), path
    form.hide()
    form.deleteLater()
