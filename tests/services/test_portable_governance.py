"""Governance asks nothing that only SQLite understands either."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.test_portable import compiled_for_postgresql
from vto_desktop.model import Body
from vto_desktop.services import (
    comparing,
    decision_papers,
    depending,
    eligibility,
    mandates,
    meeting_choice,
    meeting_papers,
    member_checks,
    renewing,
    summaries,
)
from vto_desktop.services.renewing import Renewal
from vto_desktop.services.replacing import Replacement, replace_representative
from vto_desktop.store import open_dossier

DAY = date(2021, 12, 31)


def eligible(session: Session) -> None:
    for body in session.scalars(select(Body)):
        eligibility.eligible_persons(session, body, on=DAY)


def sitting(session: Session) -> None:
    for body in session.scalars(select(Body)):
        assert summaries.body(session, body.id, DAY).mandates


READINGS: tuple[Callable[[Session], object], ...] = (
    eligible,
    sitting,
    lambda s: depending.depending_on(s, 1, on=DAY),
    lambda s: depending.depending_on(s, 1, on=DAY, representative_id=1),
    lambda s: member_checks.all_findings(s, on=DAY),
    lambda s: comparing.comparison(s, 1, DAY, DAY),
    lambda s: renewing.proposed(s, 1, on=DAY),
    lambda s: renewing.electing_meetings(s, 1),
    renewing.bodies_with_offices,
    lambda s: mandates.sent_as(s, 1, on=DAY),
    lambda s: meeting_papers.convocations(s, 1),
    lambda s: meeting_papers.proxies(s, 1),
    lambda s: meeting_papers.signing_sheet(s, 1),
    lambda s: meeting_papers.minutes(s, 1),
    lambda s: decision_papers.extract(s, 1, on=DAY),
    lambda s: decision_papers.register(s, 2020),
    meeting_choice.meetings_to_choose,
    lambda s: meeting_choice.meeting_asked(s, body="ca", today=DAY),
    lambda s: meeting_choice.decision_numbered(s, "2020-01"),
    lambda s: meeting_choice.numbered_years(s, today=DAY),
)
WRITINGS: tuple[Callable[[Session], object], ...] = (
    lambda s: replace_representative(s, Replacement(1, 2, "maire", DAY, [1])),
    lambda s: renewing.renew(s, Renewal(1, DAY, places=renewing.proposed(s, 1, on=DAY))),
)


@pytest.mark.parametrize("read", READINGS)
def test_what_is_read_compiles_for_postgresql(shared: Any, read: Callable[[Session], object]) -> None:
    with shared.read() as session, compiled_for_postgresql() as texts:
        read(session)
    assert texts


@pytest.mark.parametrize("write", WRITINGS)
def test_what_is_written_compiles_for_postgresql(
    example_file: Path, tmp_path: Path, write: Callable[[Session], object]
) -> None:
    copied = Path(shutil.copy(example_file, tmp_path / "exemple.vto"))
    with open_dossier(copied) as opened, opened.write("Essai") as session, compiled_for_postgresql() as texts:
        write(session)
    assert texts
