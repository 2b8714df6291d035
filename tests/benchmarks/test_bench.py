"""The harness itself, on the usual dossier: it measures, its references agree, its table is true.

Ratios are not judged here, where other tests share the machine: a wide bound only catches what is absurd.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks import (
    faults,
    generator,
    harness,
    importing,
    letters,
    lists,
    reference,
    starting,
    sums,
    timeline,
)
from tests.benchmarks.harness import Effort, Outcome
from vto_desktop.store import Dossier, open_dossier

QUICK = Effort(rounds=1, starts=1, steps=3)
ABSURD = 60


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generator.make(tmp_path_factory.mktemp("bench") / "usual.vto", generator.USUAL)


@pytest.fixture
def dossier(usual: Path) -> Iterator[Dossier]:
    with open_dossier(usual) as opened:
        yield opened


def holds_roughly(outcomes: list[Outcome]) -> bool:
    return all(each.ratio is None or 0 < each.ratio < ABSURD for each in outcomes)


def test_sums_by_service_by_hand_and_by_join_are_the_same_and_are_timed(dossier: Dossier) -> None:
    outcomes = sums.measure(dossier, QUICK)
    assert [each.goal for each in outcomes] == ["G4", "G5"]
    assert holds_roughly(outcomes)


def test_the_page_of_members_is_measured_beside_statements_that_find_the_same_rows(
    qapp: QApplication, dossier: Dossier
) -> None:
    outcomes = lists.measure(dossier, Effort(rounds=11, starts=1, steps=3))  # odd readings are no median
    assert [each.goal for each in outcomes] == ["G6", "G7", "G7", "G8", "G8", "G9"]
    assert holds_roughly(outcomes)


def test_the_search_of_local_authorities_is_timed_key_by_key(qapp: QApplication, dossier: Dossier) -> None:
    assert len(list(reference.keys())) > 100
    outcomes = reference.measure(dossier, QUICK)
    assert [each.goal for each in outcomes] == ["REFERENCE"] * 5
    assert all(float(each.ours.split()[0]) < ABSURD * float(each.limit.split()[0]) for each in outcomes)


def test_the_timeline_of_fifty_years_is_measured_beside_a_plain_table(qapp: QApplication) -> None:
    outcomes = timeline.measure(QUICK)
    assert [each.goal for each in outcomes] == ["TIMELINE"] * 5
    assert holds_roughly(outcomes)


def test_imports_and_spreadsheets_are_measured_beside_what_does_the_same_rawly() -> None:
    outcomes = importing.measure(QUICK, rows=300, sheet_rows=200)
    assert [each.goal for each in outcomes] == ["G11", "G11", "G15", "G15"]
    assert all(each.ratio is not None and each.ratio > 0 for each in outcomes)


def test_g17_nothing_for_papers_or_migrations_is_there_at_first_paint(usual: Path) -> None:
    (outcome,) = starting.measure_imports(usual)
    assert outcome.holds, outcome.ours


def test_calls_for_dues_are_measured_beside_the_same_texts_drawn_plainly() -> None:
    outcomes = letters.measure(QUICK, number=12)
    assert {each.goal for each in outcomes} == {"PAPERS"}
    assert holds_roughly(outcomes)
    (drawn,) = letters.texts(letters.calls(1))
    assert "2021-001" in " ".join(text for _x, _y, text, *_style in drawn)
    assert [float(each.ours.split()[0]) < 80 for each in outcomes if each.ours.endswith("MB")] == [True, True]


def test_the_generator_gives_the_same_rows_for_the_same_seed(usual: Path, tmp_path: Path) -> None:
    def rows(path: Path) -> list[object]:
        with open_dossier(path) as dossier, dossier.connection() as raw:
            return [raw.execute(f"SELECT * FROM {name}").fetchall() for name in ("member", "entry")]

    again = generator.make(tmp_path / "again.vto", generator.USUAL)
    assert rows(again) == rows(usual)


def test_a_dossier_is_made_once_for_one_schema(tmp_path: Path) -> None:
    small = generator.Size("small", 3, 20)
    first = generator.cached(small, tmp_path)
    stamp = first.stat().st_mtime_ns
    assert generator.cached(small, tmp_path) == first
    assert first.stat().st_mtime_ns == stamp


def test_the_table_says_which_goals_hold() -> None:
    good = harness.ratio_line("G1", "fast", 100, 120, limit=1.5)
    bad = harness.ratio_line("G2", "slow", 100, 320, limit=1.5)
    late = harness.bound_line("G3", "late", 17, 16.7, "ms")
    text = harness.table([good, bad, late])
    assert [line.split()[-1] for line in text.splitlines()[1:-1]] == ["yes", "NO", "NO"]
    assert text.splitlines()[-1] == "goals held 1/3"


def test_probes_take_turns_and_medians_ignore_one_bad_round() -> None:
    seen: list[str] = []

    def probe(name: str) -> harness.Probe:
        def act() -> float:
            seen.append(name)
            return float(len(seen))

        return act

    samples = harness.interleaved({"a": probe("a"), "b": probe("b")}, 3, warm=False)
    assert {frozenset(seen[n : n + 2]) for n in (0, 2, 4)} == {frozenset("ab")}
    assert len(samples["a"]) == len(samples["b"]) == 3
    assert harness.median([1, 2, 300]) == 2
    assert harness.percentile_95([float(n) for n in range(1, 101)]) == 95


REPORT = """<testsuites><testsuite>
<testcase classname="tests.faults.test_crash" name="test_killing_loses_nothing"/>
<testcase classname="tests.faults.test_locks" name="test_c1_c2_a_second_one_is_told"/>
<testcase classname="tests.faults.test_locks" name="test_c9_to_c11_a_file_that_is_gone"/>
<testcase classname="tests.faults.test_locks" name="test_c9_a_file_replaced"><failure/></testcase>
<testcase classname="tests.store.test_opening" name="test_refused[D17 index missing]"/>
<testcase classname="tests.store.test_opening" name="test_refused[D8 header only]"><skipped/></testcase>
{more}
</testsuite></testsuites>"""


@pytest.mark.parametrize(
    ("more", "lost"),
    [
        ("", "écritures perdues 0"),
        (
            '<testcase classname="tests.faults.test_power_cut" name="test_a2_a_cut"><failure/></testcase>',
            "écritures perdues non comptées",
        ),
    ],
)
def test_the_campaign_counts_only_what_was_tried_and_passed(tmp_path: Path, more: str, lost: str) -> None:
    path = tmp_path / "report.xml"
    path.write_text(REPORT.format(more=more), encoding="utf-8")
    report = faults.read_report(path)
    assert report.cases["C10"]
    assert not report.cases["C9"], "one of its two tests failed"
    assert not report.cases["D8"], "a skipped case was not tried"
    assert report.survived(hostile=True) == (1, 2)
    assert lost in report.line()
