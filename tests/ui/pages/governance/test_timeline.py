"""The timeline: lanes without overlap, only what is in sight, clicks, keys, nearer and farther."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vto_desktop.settings import Settings
from vto_desktop.ui.pages.governance.timeline import Bar, Legend, Timeline
from vto_desktop.ui.pages.governance.timeline.lanes import FOREVER, packed
from vto_desktop.ui.pages.governance.timeline.scale import Scale

TODAY = date(2022, 6, 1)


def some_bars(chance: random.Random, count: int, groups: int = 4) -> list[Bar]:
    """Return mandates of fifty years, some without a start or an end, some never held."""
    found = []
    for number in range(count):
        start = date(1972, 1, 1) + timedelta(chance.randrange(18_000))
        end = start + timedelta(chance.choice([0, 30, 400, 1_100, 2_200]))
        found.append(
            Bar(
                number, f"Fonction {number % groups}", f"Personne {number}",
                None if chance.random() < 0.05 else start, None if chance.random() < 0.1 else end,
                group=number % groups,
            )
        )  # fmt: skip
    return found


@pytest.mark.parametrize("seed", range(5))
def test_lanes_hold_every_bar_once_and_none_over_another(seed: int) -> None:
    bars = some_bars(random.Random(seed), 300)  # noqa: S311 - not secret
    lanes = packed(bars)
    assert sorted(bar.mandate_id for lane in lanes for bar in lane.bars) == list(range(300))
    for lane in lanes:
        assert len({bar.group for bar in lane.bars}) == 1
        for one, next_one in pairwise(lane.bars):
            assert one.end <= next_one.first
    groups = [lane.bars[0].group for lane in lanes]
    assert groups == sorted(groups, key=lambda group: list(dict.fromkeys(b.group for b in bars)).index(group))


@pytest.mark.parametrize("seed", range(5))
def test_what_is_in_sight_is_what_a_whole_search_finds(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not secret
    for lane in packed(some_bars(chance, 200)):
        first = float(date(1970, 1, 1).toordinal() + chance.randrange(19_000))
        last = first + chance.randrange(1, 3_000)
        expected = [bar for bar in lane.bars if bar.end > first and bar.first < last]
        assert list(lane.between(first, last)) == expected
        day = chance.uniform(first, last)
        on_it = [bar for bar in lane.bars if bar.first <= day < bar.end]
        assert lane.at(day) == (on_it[0] if on_it else None)


def test_successors_share_a_lane_and_contemporaries_do_not() -> None:
    bars = [
        Bar(1, "Président", "A", date(2010, 1, 1), date(2015, 1, 1)),
        Bar(2, "Présidente", "B", date(2015, 1, 1), None),
        Bar(3, "Président", "C", date(2018, 1, 1), None),
    ]
    assert [[bar.mandate_id for bar in lane.bars] for lane in packed(bars)] == [[1, 2], [3]]
    assert [lane.label for lane in packed(bars)] == ["Présidente", "Président"]
    assert Bar(4, "X", "Y", None, None).end == FOREVER


@pytest.mark.parametrize(("per_day", "texts"), [(6.0, 2), (1.0, 4), (0.05, 20), (0.001, 200)])
def test_dates_above_never_stand_closer_than_their_room(per_day: float, texts: int) -> None:
    scale = Scale(100, date(2000, 1, 1).toordinal(), per_day)
    ticks = list(scale.ticks(100 + texts * 70))
    places = [scale.x(tick.day) for tick in ticks]
    assert len(ticks) >= 1
    assert all(b - a >= 55 for a, b in pairwise(places))
    assert all(tick.text for tick in ticks)


# --- on screen -----------------------------------------------------------------------------------

BARS = [
    Bar(1, "Présidente", "Anne", date(2010, 1, 1), date(2016, 1, 1), group=1, elected_on=date(2010, 1, 1)),
    Bar(2, "Présidente", "Brigitte", date(2016, 1, 1), None, group=1, elected="le conseil du 1er janvier"),
    Bar(3, "Trésorier", "Charles", date(2012, 1, 1), None, date(2024, 1, 1), group=2),
]


@pytest.fixture
def timeline(settings: Settings, shown: Callable[[QWidget], None]) -> Timeline:
    made = Timeline()
    made.resize(900, 300)
    shown(made)
    made.show_bars(BARS, date(2020, 6, 1), TODAY, body=1)
    QApplication.processEvents()
    return made


def place_of(timeline: Timeline, lane: int, day: date) -> QPoint:
    """Return the point of a lane that stands for a day."""
    return QPoint(round(timeline.scale.x(day.toordinal())), 44 + 20 * lane + 10)


def click(timeline: Timeline, place: QPoint) -> None:
    QTest.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_bar_tells_its_mandate_and_one_beside_nothing(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.show_all()
    for lane, day, expected in ((0, date(2012, 5, 1), 1), (0, date(2019, 1, 1), 2), (1, date(2020, 1, 1), 3)):
        with qtbot.waitSignal(timeline.picked) as told:
            click(timeline, place_of(timeline, lane, day))
        assert told.args == [expected]
    with qtbot.assertNotEmitted(timeline.picked):
        click(timeline, place_of(timeline, 1, date(2010, 6, 1)))
        click(timeline, QPoint(400, 250))
    with qtbot.waitSignal(timeline.picked) as told:
        click(timeline, QPoint(20, 44 + 10))  # the label: who is there on the chosen day
    assert told.args == [2]


def test_a_click_or_a_drag_on_the_dates_chooses_a_day(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.show_all()
    wanted = date(2018, 3, 1)
    above = QPoint(round(timeline.scale.x(wanted.toordinal())), 12)
    with qtbot.waitSignal(timeline.day_chosen) as told:
        QTest.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=above)
    assert abs((told.args[0] - wanted).days) <= 6
    with qtbot.waitSignal(timeline.day_chosen) as told:
        QTest.mouseMove(timeline.viewport(), above + QPoint(60, 0))
    assert told.args[0] > wanted
    with qtbot.assertNotEmitted(timeline.picked):
        QTest.mouseRelease(timeline.viewport(), Qt.MouseButton.LeftButton, pos=above + QPoint(60, 0))


def test_it_comes_nearer_where_the_mouse_is_and_scrolls_by_keys(timeline: Timeline) -> None:
    timeline.show_all()
    assert timeline.horizontalScrollBar().maximum() == 0
    place = place_of(timeline, 0, date(2015, 1, 1))
    before = timeline.scale
    wheel(timeline, place, QPoint(0, 360), Qt.KeyboardModifier.ControlModifier)
    assert timeline.scale.per_day > before.per_day * 1.8
    assert abs(timeline.scale.day(place.x()) - before.day(place.x())) < 30
    sideways = timeline.horizontalScrollBar()
    assert sideways.maximum() > 0
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert sideways.value() == 0
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert 0 < sideways.value() < sideways.maximum()
    QTest.keyClick(timeline, Qt.Key.Key_End)
    assert sideways.value() == sideways.maximum()
    wheel(timeline, place, QPoint(0, 120), Qt.KeyboardModifier.ShiftModifier)
    assert sideways.value() < sideways.maximum()
    QTest.keyClick(timeline, Qt.Key.Key_Minus)
    for _ in range(40):
        QTest.keyClick(timeline, Qt.Key.Key_Plus)
    assert timeline.scale.per_day == pytest.approx(6)
    timeline.show_all()
    assert sideways.maximum() == 0


def wheel(timeline: Timeline, place: QPoint, delta: QPoint, modifier: Qt.KeyboardModifier) -> None:
    """Turn the wheel over a point, as the window system tells it."""
    event = QWheelEvent(
        QPointF(place), QPointF(timeline.viewport().mapToGlobal(place)), QPoint(), delta,
        Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(timeline.viewport(), event)


def test_the_day_stays_in_sight_and_the_zoom_stays_when_the_day_moves(timeline: Timeline) -> None:
    timeline.zoom(4)
    near = timeline.scale.per_day
    timeline.show_bars(BARS, date(2011, 2, 1), TODAY, body=1)
    assert timeline.scale.per_day == near
    x = timeline.scale.x(date(2011, 2, 1).toordinal())
    assert 120 <= x <= timeline.viewport().width()
    timeline.show_bars(BARS, date(2011, 2, 1), TODAY, body=2)
    assert timeline.scale.per_day != near  # another body is shown anew


def test_many_lanes_scroll_and_the_current_one_is_brought_into_sight(
    timeline: Timeline, qtbot: QtBot
) -> None:
    bars = [Bar(n, f"Siège {n}", f"Personne {n}", date(2015, 1, 1), None, group=n) for n in range(100)]
    timeline.show_bars(bars, date(2020, 6, 1), TODAY, body=9)
    lanes = timeline.verticalScrollBar()
    assert lanes.maximum() > 1_500
    timeline.set_current(80)
    assert timeline.bar_at(QPoint(400, 44 + 80 * 20 - lanes.value() + 10)) == bars[80]
    assert 44 <= 44 + 80 * 20 - lanes.value() <= 300 - 20
    timeline.setFocus()
    with qtbot.waitSignal(timeline.picked) as told:
        QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert told.args == [80]
    wheel(timeline, QPoint(400, 100), QPoint(0, -120), Qt.KeyboardModifier.NoModifier)
    before = lanes.value()
    QTest.keyClick(timeline, Qt.Key.Key_Up)
    assert lanes.value() < before


def test_who_sits_is_told_to_those_who_do_not_see(timeline: Timeline) -> None:
    told = timeline.accessibleName()
    assert told.startswith("Mandats au 01/06/2020. ")
    assert "Présidente\u00a0: Brigitte, depuis le 01/01/2016. Élection par le conseil du 1er janvier" in told
    assert "Anne" not in told
    assert "terme le 01/01/2024" in told
    many = [Bar(n, "Membre", f"P{n}", date(2015, 1, 1), None, group=n) for n in range(2_000)]
    timeline.show_bars(many, date(2020, 6, 1), TODAY)
    assert timeline.accessibleName().endswith("Et 1970 autres.")


def test_only_what_changes_is_coloured_and_an_empty_body_paints_too(timeline: Timeline) -> None:
    def inks() -> int:
        image = timeline.grab().toImage()
        points = ((x, y) for x in range(130, 880, 5) for y in range(46, 88, 3))
        return len({image.pixel(x, y) for x, y in points})

    assert inks() > 5
    timeline.show_bars([], date(2020, 6, 1), TODAY)
    assert inks() <= 5
    assert timeline.lanes == []


def test_the_legend_leaves_out_what_finds_no_room(
    settings: Settings, shown: Callable[[QWidget], None]
) -> None:
    legend = Legend()
    shown(legend)
    for wide in (1_000, 300, 40):
        legend.resize(wide, 20)
        assert not legend.grab().isNull()
    assert "terminé" in legend.accessibleName()
