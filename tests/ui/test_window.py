"""The main window on a real dossier: pages, keys, search, drops, looks, banners, and how it closes."""

import shutil
import sys
import threading
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.store.samples import change_behind
from tests.ui.driving import CONTROL, click, is_open, opened, save, settle, type_into
from vto_desktop.errors import UserError
from vto_desktop.model import Association, FiscalYear, Member, Person
from vto_desktop.settings import Settings
from vto_desktop.store import backups, open_dossier
from vto_desktop.ui.forms.association import AssociationForm
from vto_desktop.ui.kit import jobs, messages, unexpected
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.workspace import Workspace
from vto_desktop.ui.main_window import MainWindow, placement
from vto_desktop.ui.pages import PAGES

KEYS = [entry.key for entry in PAGES]


def ground(widget: QWidget) -> int:
    """Return how light the top left of a widget is, from 0 to 255."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return image.pixelColor(image.width() // 2, 4).lightness()


def colours(widget: QWidget) -> int:
    """Return how many colours a widget is painted with, by a coarse grid of points."""
    image = widget.grab().toImage()
    points = ((x, y) for x in range(4, image.width(), 9) for y in range(4, image.height(), 7))
    return len({image.pixel(x, y) for x, y in points})


def rename(window: MainWindow, name: str) -> None:
    """Give the association another name, in one step."""
    with window.workspace.write(f"Renommer «\u00a0{name}\u00a0»") as session:
        session.scalars(select(Association)).one().name = name
    settle()


def name_kept(window: MainWindow) -> str:
    """Return the association's name as the dossier holds it."""
    with window.workspace.read() as session:
        return session.scalars(select(Association.name)).one()


# --- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_page_shows_the_example(window: MainWindow, look: str) -> None:
    next(a for a in themes(window) if a.text() == {"light": "Clair", "dark": "Sombre"}[look]).trigger()
    for place, key in enumerate(KEYS, 1):
        QTest.keyClick(window, Qt.Key(int(Qt.Key.Key_0) + place), CONTROL)
        settle()
        page = window.current_page
        assert page is not None
        assert (window.page_key, page.isVisible(), page.is_stale) == (key, True, False)
        assert page.banner.sentence() == ""
        assert colours(page) > 25, key
    assert window.side_bar.items[KEYS[-1]].isChecked()


def test_a_page_is_made_when_it_is_first_shown(window: MainWindow) -> None:
    assert list(window.pages) == ["dashboard"]
    QTest.mouseClick(window.side_bar.items["journal"], Qt.MouseButton.LeftButton)
    assert sorted(window.pages) == ["dashboard", "journal"]


def test_going_to_a_page_by_keys_leaves_the_keys_in_its_list(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Down)
    QTest.keyClick(focused, Qt.Key.Key_Down)
    settle()
    assert window.page_key == "members"
    with window.workspace.read() as session:
        names = [member.name for member in session.scalars(select(Member).order_by(Member.sort_key))]
    assert window.page("members").detail.heading.text() in names[1:3]  # type: ignore[attr-defined]


def test_the_frame_names_the_dossier_and_says_that_all_is_saved(window: MainWindow) -> None:
    assert window.windowTitle() == "exemple-2021.vto – VTO Desktop"
    assert window.top_bar.association.text() == "Villes et Territoires Occitanie"
    assert window.top_bar.file.text() == "Dossier exemple-2021.vto"
    said = "Toutes les modifications sont enregistrées · aucune sauvegarde pour l’instant"
    assert window.status.text.text() == said


def test_another_fiscal_year_reaches_every_page(window: MainWindow) -> None:
    window.top_bar.years.setCurrentIndex(window.top_bar.years.findText("Exercice 2020"))
    window.top_bar.years.activated.emit(window.top_bar.years.currentIndex())
    settle()
    assert window.workspace.year == 2020
    page = window.current_page
    assert page is not None
    assert page.heading.text() == "Tableau de bord 2020"


def test_a_new_fiscal_year_is_offered_at_once(window: MainWindow) -> None:
    with window.workspace.write("Ajouter l’exercice 2022") as session:
        first = session.scalars(select(FiscalYear).where(FiscalYear.year == 2021)).one()
        session.add(
            FiscalYear(
                year=2022,
                starts_on=first.starts_on.replace(year=2022),
                ends_on=first.ends_on.replace(year=2022),
            )
        )
    settle()
    assert window.top_bar.years.findText("Exercice 2022") == 0


def test_the_side_bar_folds_walks_and_remembers(window: MainWindow, settings: Settings) -> None:
    wide = window.side_bar.width()
    window.side_bar.items["dashboard"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.side_bar.items["dashboard"], Qt.Key.Key_Down)
    assert window.side_bar.items["members"].hasFocus()
    QTest.keyClick(window.side_bar.items["members"], Qt.Key.Key_Space)
    assert window.page_key == "members"
    QTest.keyClick(window, Qt.Key.Key_B, CONTROL)
    assert window.side_bar.width() < wide / 2
    assert settings.get("navigation_réduite") is True


# --- undo, redo, search --------------------------------------------------------------------------


def test_undo_and_redo_by_keys_name_the_step(window: MainWindow) -> None:
    rename(window, "Une autre association")
    assert window.top_bar.association.text() == "Une autre association"
    undo, redo = window.menus.actions["undo"], window.menus.actions["redo"]
    assert undo.text() == "Annuler «\u00a0Renommer «\u00a0Une autre association\u00a0»\u00a0»"
    assert not redo.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle()
    assert name_kept(window) == "Villes et Territoires Occitanie"
    assert window.top_bar.association.text() == "Villes et Territoires Occitanie"
    assert window.status.text.text().startswith("Annulé\u00a0: Renommer")
    assert redo.text() == "Rétablir «\u00a0Renommer «\u00a0Une autre association\u00a0»\u00a0»"
    QTest.keyClick(window, Qt.Key.Key_Y, CONTROL)
    settle()
    assert name_kept(window) == "Une autre association"


def test_undo_on_another_page_refreshes_the_one_shown(window: MainWindow) -> None:
    rename(window, "Une autre association")
    window.show_page("journal")
    settle()
    journal = window.page("journal")
    before = journal.table.rows.rowCount()  # type: ignore[attr-defined]
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle()
    assert journal.table.rows.rowCount() == before + 1  # type: ignore[attr-defined]


def test_the_search_finds_without_accents_and_opens_the_page(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "lezignan")
    window.search.search_now()
    groups = {hit.group for hit in window.search.popup.hits()}
    assert "Adhérents" in groups
    assert window.search.popup.isVisible()
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    settle()
    assert window.page_key == "members"
    page = window.page("members")
    with window.workspace.read() as session:
        found = session.get_one(Member, page.table.current_id()).name  # type: ignore[attr-defined]
    assert found == "Ville de Lézignan-Corbières"
    assert window.search.text() == ""


@pytest.mark.parametrize(
    ("typed", "group"),
    [
        ("gimenez", "Personnes"),
        ("podem", "Conventions"),
        ("honoraires", "Lignes budgétaires"),
        ("bureau", "Documents"),
    ],
)
def test_the_search_knows_every_kind(window: MainWindow, typed: str, group: str) -> None:
    QTest.keyClicks(window.search, typed)
    window.search.search_now()
    hits = [hit for hit in window.search.popup.hits() if hit.group == group]
    assert hits
    window.search.choose(hits[0])
    settle()
    expected = {"Conventions": "conventions", "Lignes budgétaires": "budget", "Documents": "editions"}
    assert window.page_key == expected.get(group, window.page_key)


def test_a_search_without_any_hit_says_so_and_escape_closes_it(window: MainWindow) -> None:
    QTest.keyClicks(window.search, "xyzxyz'; DROP TABLE member --")
    window.search.search_now()
    assert window.search.popup.hits() == []
    assert window.search.popup.item(0).text() == "Rien ne correspond dans ce dossier"
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.search.popup.isVisible()
    assert window.search.text() == ""


# --- dropping, opening, recent -------------------------------------------------------------------


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drag files over the window and drop them; return whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 400), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), copy, data, left, none))
    settle()
    return enter.isAccepted()


def test_a_dossier_dropped_on_the_window_is_opened(
    window: MainWindow, example_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "été « 2 » #.vto"
    shutil.copyfile(example_file, other)
    first = window.workspace.dossier
    assert first is not None
    assert not drop(window, tmp_path / "liste.xlsx")
    assert drop(window, other)
    assert window.workspace.dossier is not None
    assert window.workspace.dossier.path == other
    assert [path.name for path in window.dossiers.recent()] == [other.name, first.path.name]
    with open_dossier(first.path):
        pass  # the first one was let go


@pytest.mark.parametrize("act", ["open", "copy", "create", "example"])
def test_a_changed_dossier_is_backed_up_before_another_takes_its_place(
    window: MainWindow, example_file: Path, tmp_path: Path, act: str
) -> None:
    left = window.workspace.dossier
    assert left is not None
    rename(window, "Autre nom")
    other = tmp_path / "ailleurs" / "autre.vto"
    other.parent.mkdir()
    if act in {"open", "copy"}:
        shutil.copyfile(example_file, other)
    {
        "open": lambda: window.dossiers.open_path(other),
        "copy": lambda: window.dossiers.open_copy(other),
        "create": lambda: window.dossiers.create(other, "Autre", 2022),
        "example": window.dossiers.open_example,
    }[act]()
    settle()
    assert window.workspace.dossier is not None
    assert window.workspace.dossier.path != left.path
    assert [backup.kind for backup in backups.list_backups(left.path)] == ["automatique"]


def test_a_dossier_unchanged_since_its_backup_is_left_at_once(
    window: MainWindow, example_file: Path, tmp_path: Path
) -> None:
    left = window.workspace.dossier
    assert left is not None
    made = backups.back_up(left)
    assert window.dossiers.open_path(Path(shutil.copyfile(example_file, tmp_path / "autre.vto")))
    assert [backup.path for backup in backups.list_backups(left.path)] == [made]


def test_a_dossier_open_all_day_is_backed_up_from_time_to_time_when_it_changed(window: MainWindow) -> None:
    dossier = window.workspace.dossier
    assert dossier is not None
    timer = window.regular_backups.findChildren(QTimer)[0]
    assert (timer.isActive(), timer.interval()) == (True, 30 * 60_000)
    window.workspace.settings.set("sauvegarde_manquée", str(dossier.path))
    rename(window, "Autre nom")
    for _twice in range(2):  # the second time nothing has changed
        timer.timeout.emit()
        settle()
    assert [backup.kind for backup in backups.list_backups(dossier.path)] == ["automatique"]
    assert "dernière sauvegarde" in window.status.text.text()
    assert window.workspace.settings.get("sauvegarde_manquée") is None
    shutil.rmtree(backups.default_folder(dossier.path))
    backups.default_folder(dossier.path).write_text("un fichier à la place du dossier", encoding="utf-8")
    for _twice in range(2):
        timer.timeout.emit()
        settle()
    assert sum("[SAUVEGARDE_NON_FAITE]" in told for told in window.banners.sentences()) == 1
    assert not is_open(Message)


def test_a_dossier_that_cannot_be_backed_up_is_left_only_when_asked(
    window: MainWindow, example_file: Path, tmp_path: Path
) -> None:
    left = window.workspace.dossier
    assert left is not None
    rename(window, "Autre nom")
    backups.default_folder(left.path).write_text("un fichier à la place du dossier", encoding="utf-8")
    other = Path(shutil.copyfile(example_file, tmp_path / "autre.vto"))
    assert not window.dossiers.open_path(other)
    settle()
    assert window.workspace.dossier is left
    message = opened(Message)
    assert "[SAUVEGARDE_NON_FAITE]" in message.sentence
    click(next(b for b in message.findChildren(QPushButton) if b.text() == "Fermer quand même"))
    settle()
    assert window.workspace.dossier is not left


def test_rows_that_refer_to_none_are_listed_behind_the_banner(
    window: MainWindow, example_file: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copyfile(example_file, tmp_path / "autre.vto"))
    change_behind(other, "PRAGMA foreign_keys=OFF", "DELETE FROM organisation WHERE id < 9")
    window.dossiers.open_path(other)
    settle()
    (sentence,) = [said for said in window.banners.sentences() if "[INCOHERENCE]" in said]
    assert "→ Organisme" in sentence
    click(next(b for b in window.banners.findChildren(QPushButton) if b.text() == "Détails"))
    assert opened(Message).sentence.count("→ Organisme") > sentence.count("→ Organisme")


def test_a_read_only_dossier_closes_at_once(window: MainWindow, example_file: Path, tmp_path: Path) -> None:
    window.dossiers.open_copy(Path(shutil.copyfile(example_file, tmp_path / "autre.vto")))
    settle()
    assert window.workspace.is_read_only
    window.close()
    settle()
    assert not window.isVisible()


def test_a_recent_dossier_is_opened_from_the_menu(window: MainWindow) -> None:
    window.menus.recent.aboutToShow.emit()
    texts = [action.text() for action in window.menus.recent.actions()]
    assert len(texts) == 1
    assert texts[0].startswith("exemple-2021.vto")
    window.close()
    settle()


def test_a_file_that_is_no_dossier_is_refused_and_the_present_one_stays(
    window: MainWindow, tmp_path: Path
) -> None:
    stranger = tmp_path / "texte.vto"
    stranger.write_text("Bonjour, ceci n’est pas un dossier. " * 100, encoding="utf-8")
    window.dossiers.open_path(stranger)
    settle()
    assert "[PAS_UNE_BASE]" in opened(Message).sentence
    assert window.workspace.dossier is not None


def test_a_damaged_dossier_proposes_its_backups(window: MainWindow) -> None:
    dossier = window.workspace.dossier
    assert dossier is not None
    made = backups.back_up(dossier)
    path = dossier.path
    window.dossiers.let_go()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert not window.dossiers.open_path(path)
    message = opened(Message)
    assert "[BASE_ENDOMMAGEE]" in message.sentence
    click(message.findChildren(type(window.welcome.open_button))[0])
    from vto_desktop.ui.forms.backups import RestoreDialog

    dialog = opened(RestoreDialog)
    assert dialog.table.rows.rowCount() == 1
    click(dialog.restore_button)
    settle()
    assert window.workspace.dossier is not None
    assert window.workspace.dossier.path == path
    assert name_kept(window) == "Villes et Territoires Occitanie"
    assert made.exists()
    assert list(path.parent.glob("exemple-2021 endommagé*.vto"))


def test_a_read_only_dossier_says_so_and_disables_what_writes(
    window: MainWindow, example_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "autre.vto"
    shutil.copyfile(example_file, other)
    window.dossiers.open_copy(other)
    settle()
    assert window.workspace.is_read_only
    assert any("[LECTURE_SEULE]" in sentence for sentence in window.banners.sentences())
    assert window.status.text.text() == "Lecture seule : rien ne peut être modifié"
    assert not window.menus.actions["undo"].isEnabled()
    window.show_page("members")
    settle()
    with pytest.raises(UserError, match="LECTURE_SEULE"), window.workspace.write("Essayer"):
        pass


def test_a_read_only_dossier_prints_exports_and_copies(
    window: MainWindow, example_file: Path, tmp_path: Path
) -> None:
    window.dossiers.open_copy(Path(shutil.copyfile(example_file, tmp_path / "autre.vto")))
    settle()
    reading = ("Imprimer", "Exporter", "Copier", "Enregistrer sous", "Ouvrir avec")
    found = set()
    for entry in PAGES:
        window.show_page(entry.key)
        settle()
        for one in window.page(entry.key).findChildren(QPushButton):
            if one.text().startswith(reading):
                found.add(one.text())
                assert one.isEnabled(), (entry.key, one.text())
    assert {"Imprimer la synthèse…", "Imprimer…", "Enregistrer sous…"} <= found
    assert all(window.menus.actions[name].isEnabled() for name in ("copy_to", "export", "copy", "check"))
    window.show_page("dashboard")
    settle()
    click(next(b for b in window.page("dashboard").findChildren(QPushButton) if "synthèse" in b.text()))
    settle()
    assert window.page_key == "editions"


@pytest.mark.parametrize("gone", ["file", "folder"])
def test_a_dossier_whose_file_is_gone_offers_to_be_copied(
    window: MainWindow, tmp_path: Path, gone: str
) -> None:
    dossier = window.workspace.dossier
    assert dossier is not None
    moved = dossier.path if gone == "file" else dossier.path.parent
    moved.rename(tmp_path.with_name(f"{tmp_path.name} parti"))
    code = "[FICHIER_REMPLACE]" if gone == "file" else "[FICHIER_DISPARU]"
    window.edit_association()
    form = opened(AssociationForm)
    form.input("name").set_value("Autre nom")
    form.submit()
    assert code in form.banner.sentence()
    with pytest.raises(UserError) as refused:
        rename(window, "Autre nom")
    message = messages.show_error(window, refused.value)
    assert code in message.sentence
    kept = tmp_path.with_name(f"{tmp_path.name} copie.vto")
    for shown in (message, form.banner):
        click(next(b for b in shown.findChildren(QPushButton) if b.text() == "Enregistrer une copie…"))
        dialog = window.findChildren(QFileDialog)[-1]
        dialog.hide()
        dialog.fileSelected.emit(str(kept))
        settle()
        with open_dossier(kept) as copy, copy.read() as session:
            assert session.scalars(select(Association.name)).one() == "Villes et Territoires Occitanie"
    form.submit()
    assert [b.text() for b in form.banner.findChildren(QPushButton) if b.isVisible()].count(
        "Enregistrer une copie…"
    ) == 1


def test_a_copy_is_a_whole_dossier(window: MainWindow, tmp_path: Path) -> None:
    window.dossiers.copy_to(tmp_path / "copie.vto")
    settle()
    with open_dossier(tmp_path / "copie.vto") as copy, copy.read() as session:
        assert session.scalars(select(Person)).first() is not None
    assert "Copie enregistrée" in window.status.text.text()


# --- looks ---------------------------------------------------------------------------------------


def test_the_theme_and_the_size_change_at_once(window: MainWindow, settings: Settings) -> None:
    light = ground(window)
    action = next(a for a in themes(window) if a.text() == "Sombre")
    action.trigger()
    settle()
    assert ground(window) < light - 100
    assert settings.get("apparence") == "dark"
    before = window.top_bar.height()
    next(a for a in themes(window) if a.text() == "125\u00a0%").trigger()
    settle()
    assert window.top_bar.height() == round(before * 1.25)
    page = window.current_page
    assert page is not None
    assert page.isVisible()
    assert colours(page) > 25
    next(a for a in themes(window) if a.text() == "100\u00a0%").trigger()
    settle()


def themes(window: MainWindow) -> list:  # type: ignore[type-arg]
    """Return the choices of look and size of the menu."""
    from PySide6.QtGui import QActionGroup

    return [action for group in window.findChildren(QActionGroup) for action in group.actions()]


@pytest.mark.parametrize(
    "place", [[-5000, -5000, 900, 700], [30_000, 10, 1200, 800], [0, 0, 9000, 9000], "rien"]
)
def test_a_window_kept_off_the_screens_comes_back(
    window: MainWindow, settings: Settings, place: object
) -> None:
    settings.set("fenêtre", {"place": place, "agrandie": False})
    placement.restore(window, settings)
    screen = window.screen().availableGeometry()
    assert screen.intersected(window.geometry()).width() >= 120
    assert window.geometry().top() >= screen.top()


def in_sight(window: MainWindow) -> bool:
    """Return whether the whole title is on the screen, and the sides nearly."""
    screen, frame = window.screen().availableGeometry(), window.frameGeometry()
    return frame.top() >= screen.top() and screen.adjusted(-8, 0, 8, 8).contains(frame)


@pytest.mark.parametrize("kept", [None, [0, 0, 800, 800], [-300, -20, 790, 500], [400, 700, 700, 660]])
def test_the_frame_of_the_window_is_on_the_screen_and_stays_where_it_is(
    qtbot: QtBot, settings: Settings, kept: object
) -> None:
    settings.set("fenêtre", {"place": kept, "agrandie": False} if kept else None)
    places = []
    for _start in range(3):
        window = MainWindow(Workspace(settings))
        qtbot.addWidget(window)
        window.setMinimumSize(200, 200)  # the screen of the tests is smaller than any real one
        window.show()
        qtbot.waitUntil(partial(getattr, window, "_is_painted"))
        placement.keep_whole(window)
        QApplication.processEvents()
        assert in_sight(window)
        places.append(window.frameGeometry())
        window.close()
    assert len({place.size().toTuple() for place in places}) == 1
    for before, after in pairwise(places):  # the tests' own platform loses its frame of 2 pixels once a start
        assert (after.topLeft() - before.topLeft()).manhattanLength() <= 2, places


def test_a_frame_above_the_screen_comes_down_once_it_is_known(window: MainWindow) -> None:
    window.setMinimumSize(200, 200)
    window.setGeometry(0, 0, 3000, 3000)
    assert not in_sight(window)
    placement.keep_whole(window)
    QApplication.processEvents()
    assert in_sight(window)


# --- errors and closing --------------------------------------------------------------------------


@pytest.fixture
def hook(window: MainWindow) -> Iterator[None]:
    """Install the program's own hooks for one test."""
    before = sys.excepthook, sys.unraisablehook, threading.excepthook
    unexpected.install_excepthook(lambda: window)
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = before


@pytest.mark.usefixtures("hook")
def test_an_error_in_a_slot_opens_one_dialog(window: MainWindow) -> None:
    def fail() -> None:
        raise ZeroDivisionError("Magalie TOUET")

    for _time in range(20):
        window.workspace.status.connect(fail)
    window.workspace.say("Bonjour")
    settle()
    messages = [w for w in QApplication.topLevelWidgets() if isinstance(w, Message) and w.isVisible()]
    assert len(messages) == 1
    assert "[ERREUR_INATTENDUE" in messages[0].sentence
    assert "TOUET" not in messages[0].sentence


def test_closing_backs_up_and_frees_the_dossier(window: MainWindow) -> None:
    dossier = window.workspace.dossier
    assert dossier is not None
    rename(window, "Autre nom")
    window.close()
    for _wait in range(100):
        settle()
        if not window.isVisible():
            break
    assert not window.isVisible()
    made = backups.list_backups(dossier.path)
    assert [backup.kind for backup in made] == ["automatique"]
    with open_dossier(dossier.path):
        pass


def test_closing_without_a_backup_is_possible_and_recalled(window: MainWindow, settings: Settings) -> None:
    dossier = window.workspace.dossier
    assert dossier is not None
    rename(window, "Autre nom")
    backups.default_folder(dossier.path).write_text("un fichier à la place du dossier", encoding="utf-8")
    window.close()
    settle()
    message = opened(Message)
    assert "[SAUVEGARDE_NON_FAITE]" in message.sentence
    assert window.isVisible()
    assert settings.get("sauvegarde_manquée") == str(dossier.path)
    click(message.findChildren(type(window.welcome.open_button))[0])
    settle()
    assert not window.isVisible()
    again = MainWindow(Workspace(settings))
    again.dossiers.open_path(dossier.path)
    assert any("SAUVEGARDE_NON_FAITE" in sentence for sentence in again.banners.sentences())
    again.dossiers.let_go()


@pytest.mark.usefixtures("hook")
def test_an_error_while_closing_leaves_the_window_open(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_done: object) -> None:
        raise OSError("disk gone")

    monkeypatch.setattr(window.dossiers, "finish", fail)
    event = QCloseEvent()
    window.closeEvent(event)
    settle()
    assert not event.isAccepted()
    assert window.workspace.dossier is not None
    assert "[ERREUR_INATTENDUE" in opened(Message).sentence


def test_what_was_typed_survives_the_end_of_the_session(window: MainWindow) -> None:
    window.menus.actions["association"].trigger()
    settle()
    form = opened(AssociationForm)
    type_into(form, "tagline", "Un sous-titre pas encore garde")
    window.dossiers.let_go()
    settle()
    assert not is_open(AssociationForm), "it would be saved into the dossier that is opened next"
    dossier = window.dossiers.recent()[0]
    window.dossiers.open_path(dossier)
    assert any("[BROUILLON_RETROUVE]" in sentence for sentence in window.banners.sentences())


def test_settings_of_the_association_reach_the_frame(window: MainWindow) -> None:
    window.menus.actions["association"].trigger()
    settle()
    form = opened(AssociationForm)
    type_into(form, "name", "Villes et Quartiers")
    type_into(form, "notice", "")
    type_into(form, "siret", "123")
    assert "14 chiffres" in form.fields["siret"].findChildren(type(form.heading))[-1].text()
    save(form)
    settle()
    assert window.top_bar.association.text() == "Villes et Quartiers"
    page = window.current_page
    assert page is not None
    assert not page.notice.isVisible()
    window.activateWindow()
    settle()
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle()
    assert page.notice.isVisible()


def test_copying_gives_rows_with_their_headings(window: MainWindow) -> None:
    window.show_page("members")
    settle()
    page = window.page("members")
    page.table.setFocus()  # type: ignore[attr-defined]
    QApplication.clipboard().clear()
    window.menus.actions["copy"].trigger()
    data = QApplication.clipboard().mimeData()
    assert "Adhérent\t" in data.text()
    assert QByteArray(data.html().encode()).contains(b"<table>")


def test_leaving_waits_for_what_is_running(window: MainWindow, example_file: Path, tmp_path: Path) -> None:
    left = window.workspace.dossier
    other = Path(shutil.copyfile(example_file, tmp_path / "autre.vto"))
    end = threading.Event()
    jobs.run(window, "Reprise d’une liste", lambda _progress: end.wait(20))
    for leave in (window.close, lambda: window.dossiers.open_path(other)):
        leave()
        QApplication.processEvents()
        message = opened(Message)
        assert "«\u00a0Reprise d’une liste\u00a0» est en cours." in message.sentence
        assert window.isVisible()
        assert window.workspace.dossier is left
        message.accept()
    window.dossiers.let_go()
    assert window.dossiers.open_path(other), "nothing is left: there is nothing to wait for"
    end.set()
    settle()


def test_the_list_shown_is_exported_from_the_menu(window: MainWindow, tmp_path: Path) -> None:
    window.show_page("members")
    settle()
    window.menus.actions["export"].trigger()
    dialog = window.findChildren(QFileDialog)[0]
    dialog.hide()
    dialog.fileSelected.emit(str(tmp_path / "adherents.csv"))
    settle()
    lines = (tmp_path / "adherents.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 17
    assert lines[0].startswith("Adhérent;")
