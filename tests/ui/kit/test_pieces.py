"""Jobs, charts, PDF, trees, cards, messages."""

import io
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from vto_desktop.errors import UserError
from vto_desktop.settings import Settings
from vto_desktop.ui.kit import jobs, messages
from vto_desktop.ui.kit.cards import Card
from vto_desktop.ui.kit.charts import Region, SvgView
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.jobs import Job, Progress
from vto_desktop.ui.kit.pdf_view import PdfView
from vto_desktop.ui.kit.tree import Branch, Tree

Show = Callable[[QWidget], None]
pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def window(shown: Show) -> QWidget:
    """Return a window to work over."""
    made = QWidget()
    shown(made)
    return made


# --- jobs ----------------------------------------------------------------------------------------


def test_a_job_answers_in_the_thread_of_the_window(qtbot: QtBot, window: QWidget) -> None:
    answers: list[tuple[Any, bool]] = []
    main = threading.current_thread()

    def done(result: Any) -> None:
        answers.append((result, threading.current_thread() is main))

    jobs.run(window, "Calcul", lambda _progress: threading.current_thread() is main, done)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(False, True)]


def test_short_work_shows_nothing_and_long_work_can_be_cancelled(qtbot: QtBot, window: QWidget) -> None:
    answers: list[Any] = []

    def work(progress: Job) -> None:
        for step in range(10_000):
            progress(step, 10_000, "lignes")
            time.sleep(0.005)

    jobs.run(window, "Import de 10 000 lignes", work, answers.append, answers.append)
    assert not window.findChildren(Progress)
    qtbot.waitUntil(lambda: bool(window.findChildren(Progress)), timeout=3000)
    progress = window.findChildren(Progress)[0]
    qtbot.waitUntil(lambda: "/ 10\u202f000" in progress.count.text(), timeout=3000)
    qtbot.mouseClick(progress.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.findChildren(Progress), timeout=3000)
    assert answers == []


def test_a_refusal_inside_a_job_is_told(qtbot: QtBot, window: QWidget) -> None:
    failed: list[BaseException] = []
    refusal = UserError("DISQUE_PLEIN", "Le disque est plein.")

    def work(_progress: Job) -> None:
        raise refusal

    jobs.run(window, "Essai", work, failed=failed.append)
    qtbot.waitUntil(lambda: failed == [refusal])
    jobs.run(window, "Essai", work)
    qtbot.waitUntil(lambda: bool(window.findChildren(messages.Message)))
    assert "[DISQUE_PLEIN]" in window.findChildren(messages.Message)[0].sentence


# --- messages ------------------------------------------------------------------------------------


def test_the_safe_answer_holds_the_focus(qtbot: QtBot, window: QWidget) -> None:
    given: list[str] = []
    message = messages.ask(
        window,
        "Sûr ?",
        "Vraiment ?",
        [("Garder", lambda: given.append("g")), ("Jeter", lambda: given.append("j"))],
    )
    message.activateWindow()
    qtbot.waitUntil(message.isActiveWindow)
    qtbot.keyClick(message, Qt.Key.Key_Return)
    assert given == ["g"]
    assert not message.isVisible()


def test_enter_gives_the_answer_that_holds_the_focus(qtbot: QtBot, window: QWidget) -> None:
    given: list[str] = []
    answers = [("Garder", lambda: given.append("g")), ("Jeter", lambda: given.append("j"))]
    message = messages.ask(window, "Sûr ?", "Vraiment ?", answers)
    # Where the system's look does not make Enter press a button, only this does.
    assert all(button.autoDefault() for button in message.findChildren(QPushButton))
    message.activateWindow()
    qtbot.waitUntil(message.isActiveWindow)
    qtbot.keyClick(message.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(message.focusWidget(), Qt.Key.Key_Return)
    assert given == ["j"]


def test_the_details_of_a_refusal_can_be_copied(qtbot: QtBot, window: QWidget) -> None:
    message = messages.show_error(window, UserError("DISQUE_PLEIN", "Plein.", details="ENOSPC"))
    copy = next(b for b in message.findChildren(QPushButton) if "détails" in b.text())
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "DISQUE_PLEIN\nPlein.\nENOSPC"
    assert message.isVisible()


# --- cards and charts ----------------------------------------------------------------------------


def test_a_card_is_clicked_by_mouse_and_keys(qtbot: QtBot, shown: Show) -> None:
    card = Card("Ressources")
    clicks: list[int] = []
    card.clicked.connect(lambda: clicks.append(1))
    card.show_figure("400 000 €", "budget 392 000 €")
    shown(card)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert len(clicks) == 3
    assert card.accessibleName() == "Ressources : 400 000 €"


SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">
<rect x="0" y="0" width="100" height="100" fill="#2f5d8c"/>
<rect x="100" y="0" width="100" height="100" fill="#4a8f8a"/>
</svg>"""
REGIONS = (
    Region("left", "DREETS 224 000 €", ((0, 0), (100, 0), (100, 100), (0, 100))),
    Region("right", "Autres 12 000 €", ((100, 0), (200, 0), (200, 100), (100, 100))),
)


def test_a_part_of_a_chart_is_clicked_at_any_size(qtbot: QtBot, shown: Show) -> None:
    view = SvgView()
    clicked: list[str] = []
    view.clicked.connect(clicked.append)
    view.show_svg(SVG, "Ressources par source", REGIONS)
    view.resize(600, 600)
    shown(view)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 300))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(500, 300))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 20))  # above the drawing
    assert clicked == ["left", "right"]
    assert view.region_at(QPointF(299, 300)) == REGIONS[0]
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert clicked[-1] == "right"
    assert view.accessibleDescription() == "Autres 12 000 €"


# --- PDF -----------------------------------------------------------------------------------------


def document(pages: int) -> bytes:
    """Return a PDF that says « Montpellier » on each page."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for page in range(pages):
        canvas.drawString(100, 700, f"Page {page + 1} Montpellier")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_a_pdf_is_shown_searched_and_printed(qtbot: QtBot, shown: Show, tmp_path: Path) -> None:
    view = PdfView()
    view.resize(900, 600)
    shown(view)
    view.show_pdf(document(3))
    assert (view.pages(), view.page(), view.page_count.text()) == (3, 0, "/ 3")
    view.page_field.setText("3")
    qtbot.keyClick(view.page_field, Qt.Key.Key_Return)
    assert view.page() == 2
    assert view.thumbnails.currentRow() == 2
    view.zoom_by(1.25)
    qtbot.keyClicks(view.search_field, "Montpellier")
    qtbot.waitUntil(lambda: view.hits.text() == "3")
    qtbot.keyClick(view.search_field, Qt.Key.Key_Return)
    assert view.hits.text() == "1 / 3"
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sortie.pdf"))
    view.print_to(printer)
    assert len(PdfReader(tmp_path / "sortie.pdf").pages) == 3
    view.show_pdf(document(1))
    assert (view.pages(), view.page_field.text()) == (1, "1")


def test_what_is_no_pdf_is_refused(shown: Show) -> None:
    view = PdfView()
    shown(view)
    with pytest.raises(UserError, match="PDF_ILLISIBLE"):
        view.show_pdf(b"not a document")


# --- trees ---------------------------------------------------------------------------------------


def test_a_tree_folds_opens_and_stays_unfolded(qtbot: QtBot, shown: Show, settings: Settings) -> None:
    tree = Tree((Column("l", "Charges", width=0), Column("p", "Prévu", "amount", 110)))
    lines = [Branch(7, ("622 Honoraires", 5_800_000)), Branch(8, ("623 Publicité", "hors budget"))]
    branches = [Branch(None, ("62 Autres services", 9_400_000), lines, "62", bold=True)]
    opened: list[int] = []
    tree.opened.connect(opened.append)
    tree.resize(500, 300)
    shown(tree)
    tree.show_branches(branches)
    top = tree.model().index(0, 0)
    tree.setCurrentIndex(top)
    assert not tree.isExpanded(top)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert tree.isExpanded(top)
    assert tree.unfolded() == {"62"}
    assert tree.pick(8)
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    assert opened == [8]
    tree.show_branches(branches)
    assert tree.isExpanded(tree.model().index(0, 0))
    assert tree.current_id() == 8
    qtbot.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().splitlines() == [
        "Charges\tPrévu",
        "62 Autres services\t94000,00",
        "622 Honoraires\t58000,00",
        "623 Publicité\thors budget",
    ]
