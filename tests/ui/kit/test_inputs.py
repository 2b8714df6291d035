"""Fields: what people type, what they paste, what they are told."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vto_desktop.settings import Settings
from vto_desktop.ui.kit.inputs import (
    AmountInput,
    ChoiceInput,
    DateInput,
    FlagInput,
    Input,
    LineInput,
    MemoInput,
    NumberInput,
    PercentInput,
    PickInput,
    TextInput,
)
from vto_desktop.ui.kit.look_up import Line
from vto_desktop.ui.kit.propose import ProposeInput

Show = Callable[[QWidget], None]
pytestmark = pytest.mark.usefixtures("settings")

CELLES = [(1, "Celles", "Hérault, commune"), (2, "Celles", "Ariège, commune"), (3, "Alès", "Gard, commune")]


def pick() -> PickInput:
    """Return a field that picks one of three communes."""
    return PickInput(
        lambda text: [c for c in CELLES if text.casefold() in c[1].casefold()],
        lambda identifier: {c[0]: c[1] for c in CELLES}[identifier],
    )


class Proposing(ProposeInput):
    """Free text under which the same communes are proposed; the one taken is written."""

    def propose(self, text: str) -> list[Line]:
        return [
            Line("Communes"),
            *(Line(name, where, partial(self.set_value, name)) for _id, name, where in CELLES),
        ]


def typed(qtbot: QtBot, field: LineInput, text: str) -> None:
    """Type a text and leave the field."""
    qtbot.addWidget(field)
    field.show()
    field.line.insert(text)  # QTest's keyboard knows ASCII only
    field.normalise()


@pytest.mark.parametrize(
    ("text", "cents", "shown"),
    [
        ("1234,5", 123450, "1\u202f234,50\u00a0€"),
        ("1 234,50 €", 123450, "1\u202f234,50\u00a0€"),
        ("1234.5", 123450, "1\u202f234,50\u00a0€"),
        ("0", 0, "0,00\u00a0€"),
    ],
)
def test_an_amount_is_understood_and_written_again(qtbot: QtBot, text: str, cents: int, shown: str) -> None:
    field = AmountInput()
    typed(qtbot, field, text)
    assert (field.value(), field.line.text(), field.problem()) == (cents, shown, "")


@pytest.mark.parametrize("text", ["1.234", "douze", "1,234,5"])
def test_an_amount_that_cannot_be_read_stays_and_says_why(qtbot: QtBot, text: str) -> None:
    field = AmountInput()
    typed(qtbot, field, text)
    assert field.value() is None
    assert field.line.text() == text
    assert field.problem()


def test_a_negative_amount_is_refused_unless_allowed(qtbot: QtBot) -> None:
    positive, any_ = AmountInput(), AmountInput(negative=True)
    typed(qtbot, positive, "-5")
    typed(qtbot, any_, "-5")
    assert positive.problem() == "Indiquez un montant positif."
    assert any_.value() == -500


@pytest.mark.parametrize("text", ["8/12/21", "08122021", "2021-12-08", "8 décembre 2021"])
def test_a_date_is_understood_however_typed(qtbot: QtBot, text: str) -> None:
    field = DateInput()
    typed(qtbot, field, text)
    assert (field.value(), field.line.text()) == (date(2021, 12, 8), "08/12/2021")


def test_a_date_can_be_counted_from_today(qtbot: QtBot) -> None:
    field = DateInput()
    typed(qtbot, field, "+30")
    assert field.value() == date.today() + timedelta(days=30)  # noqa: DTZ011 - the user's own calendar day


def test_an_impossible_day_says_how_long_the_month_is(qtbot: QtBot) -> None:
    field = DateInput()
    typed(qtbot, field, "31/09/2022")
    assert field.value() is None
    assert "30 jours" in field.problem()


def test_the_calendar_gives_its_day(qtbot: QtBot, shown: Show) -> None:
    field = DateInput()
    shown(field)
    field.set_value(date(2021, 3, 1))
    qtbot.keyClick(field.line, Qt.Key.Key_F4)
    calendar = field.calendar()
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2021, 3, 1)
    calendar.clicked.emit(QDate(2021, 3, 15))
    assert field.value() == date(2021, 3, 15)
    assert not calendar.isVisible()


def test_picking_needs_only_part_of_a_name(qtbot: QtBot, shown: Show) -> None:
    field = pick()
    shown(field)
    qtbot.keyClicks(field.line, "cel")
    assert field.popup.isVisible()
    assert field.popup.count() == 2
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert (field.value(), field.line.text(), field.popup.isVisible()) == (2, "Celles", False)


def test_one_namesake_for_another_is_a_change(settings: Settings) -> None:
    field = pick()
    field.set_value(1)
    changes: list[int] = []
    field.changed.connect(lambda: changes.append(1))
    field.take(2)
    assert field.value() == 2
    assert changes


def test_a_text_that_is_nothing_of_the_list_is_a_problem(qtbot: QtBot, shown: Show) -> None:
    field = pick()
    shown(field)
    qtbot.keyClicks(field.line, "Cel")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    field.normalise()
    assert field.value() is None
    assert "liste" in field.problem()
    field.line.clear()
    assert field.problem() == ""


def test_leaving_with_the_only_thing_found_takes_it(qtbot: QtBot) -> None:
    field = pick()
    typed(qtbot, field, "alès")
    assert field.value() == 3


def test_a_name_that_is_not_there_can_be_created(qtbot: QtBot, shown: Show) -> None:
    created: list[str] = []
    field = PickInput(lambda _text: [], str, create=created.append)
    shown(field)
    qtbot.keyClicks(field.line, "Lunel")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert created == ["Lunel"]


def test_what_can_be_made_from_elsewhere_is_listed_below_a_heading(qtbot: QtBot, shown: Show) -> None:
    made: list[str] = []
    others = [Line("Ailleurs"), Line("Celles-sur-Belle", "", partial(made.append, "belle"))]
    field = PickInput(pick()._search, str, others=lambda _text: others, create=made.append)
    shown(field)
    qtbot.keyClicks(field.line, "zzz")
    assert [field.popup.item(n).text() for n in range(field.popup.count())] == [
        "Ailleurs", "Celles-sur-Belle", "Créer «\u00a0zzz\u00a0»…",
    ]  # fmt: skip
    qtbot.keyClick(field.line, Qt.Key.Key_Return)  # the first that is no heading
    qtbot.keyClicks(field.line, "z")
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    qtbot.keyClick(field.line, Qt.Key.Key_Down)  # there is nothing below
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert made == ["belle", "z"]  # what was typed gave way to the choice before: none
    assert field.value() is None
    field.normalise()  # leaving the field makes nothing by itself
    assert made == ["belle", "z"]  # what was typed gave way to the choice before: none


def test_a_proposal_is_taken_only_when_an_arrow_chose_it(qtbot: QtBot, shown: Show) -> None:
    field = Proposing()
    shown(field)
    qtbot.keyClicks(field.line, "a")
    assert not field.popup.isVisible()  # one letter finds everything
    qtbot.keyClicks(field.line, "l")
    assert field.popup.isVisible()
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == "al"
    qtbot.keyClick(field.line, Qt.Key.Key_Up)
    qtbot.keyClick(field.line, Qt.Key.Key_End)
    qtbot.keyClick(field.line, Qt.Key.Key_PageDown)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert (field.value(), field.popup.isVisible()) == ("Alès", False)
    qtbot.keyClicks(field.line, "x")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert not field.popup.isVisible()
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    assert field.popup.isVisible()


def test_a_list_is_as_wide_as_its_texts_and_stays_on_the_screen(qtbot: QtBot, shown: Show) -> None:
    long = "Communauté de communes de la plaine et des collines du bas pays"
    field = PickInput(lambda _text: [(1, long, "CC · Pyrénées-Atlantiques · 12 345 hab.")], str)
    field.resize(120, 30)
    shown(field)
    screen = field.screen().availableGeometry()
    field.move(screen.right() - 125, screen.bottom() - 40)
    qtbot.keyClicks(field.line, "x")
    assert field.popup.width() > 320
    assert screen.contains(field.popup.geometry())


def test_numbers_and_percentages(qtbot: QtBot) -> None:
    number, percent = NumberInput(0, 2_000_000), PercentInput()
    typed(qtbot, number, "138 176")
    typed(qtbot, percent, "56,5")
    assert (number.value(), number.line.text()) == (138176, "138\u202f176")
    assert (percent.value(), percent.line.text()) == (5650, "56,5\u00a0%")
    number.line.setText("12-3")
    percent.line.setText("101")
    assert number.value() is None
    assert number.problem()
    assert percent.problem()


def test_a_choice_no_longer_offered_is_kept(settings: Settings) -> None:
    field = ChoiceInput([("a", "Acompte"), ("b", "Solde")], empty="Aucun")
    assert field.value() is None
    field.set_value("ancien")
    assert field.value() == "ancien"
    field.set_choices([("b", "Solde")])
    field.set_value("b")
    assert field.value() == "b"


def test_the_longest_choice_is_whole_at_the_width_the_field_asks_for(
    settings: Settings, qtbot: QtBot
) -> None:
    field = ChoiceInput([("cp1252", "Windows (CP1252)"), ("utf-8", "UTF-8")])
    qtbot.addWidget(field)
    field.combo.ensurePolished()
    field.resize(field.sizeHint())
    field.show()
    assert field.combo.width() == field.combo.sizeHint().width()
    assert field.combo.shown_text() == "Windows (CP1252)"


def test_a_choice_too_long_for_its_field_ends_with_dots(settings: Settings, qtbot: QtBot) -> None:
    whole = "Conseil d’administration du 14 octobre 2021"

    def pictured(text: str) -> QImage:
        field = ChoiceInput([("a", text)])
        field.combo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        qtbot.addWidget(field)
        field.setFixedSize(200, 40)
        field.show()
        qtbot.waitExposed(field)
        return field.grab().toImage()

    measure = ChoiceInput([]).combo.fontMetrics().horizontalAdvance
    cut = [text for n in range(len(whole)) if measure(text := f"{whole[:n]}…") < 165]
    assert any(pictured(whole) == pictured(text) for text in cut)
    assert pictured("Bureau") != pictured("Bureau…")


FIELDS: dict[str, Callable[[], Input]] = {
    "text": TextInput,
    "memo": MemoInput,
    "amount": AmountInput,
    "date": DateInput,
    "number": NumberInput,
    "percent": PercentInput,
    "pick": pick,
    "propose": Proposing,
}


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("text", ["x" * 1_000_000, "a\0b\x07c\ud800", "e\u0301", "<b>&amp;\n\t'; DROP TABLE"])
def test_anything_can_be_pasted(qtbot: QtBot, shown: Show, kind: str, text: str) -> None:
    field = FIELDS[kind]()
    shown(field)
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(field.editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    kept = str(field.typed())
    assert len(kept) <= 20_010
    assert not any(sign in kept for sign in "\0\x07\ud800")
    assert "e\u0301" not in kept
    field.value()
    field.problem()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (TextInput, "Écrit"),
        (MemoInput, "deux\nlignes"),
        (AmountInput, 123456),
        (DateInput, date(2021, 12, 8)),
        (FlagInput, True),
        (NumberInput, 1234),
        (PercentInput, 5650),
        (pick, 2),
        (Proposing, "Ville de Celles"),
        (lambda: ChoiceInput([("a", "Acompte"), ("b", "Solde")]), "b"),
    ],
)
def test_what_was_typed_comes_back_from_a_draft(
    settings: Settings, field: Callable[[], Input], value: Any
) -> None:
    first, second = field(), field()
    first.set_value(value)
    second.set_typed(first.typed())
    assert second.value() == first.value() == value
    second.set_typed({"not": "a draft"})
    assert second.value() == value
