"""Meetings: convened in time, with an agenda and documents that no hostile path leads astray."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.services.test_attendance import PRESENT, meeting_of, record, rule
from vto_desktop.errors import Invalid, UserError
from vto_desktop.model import Body, BodyKind, Meeting, MeetingDocument
from vto_desktop.services import meeting_documents as documents
from vto_desktop.services import meetings

DOSSIER = Path("/bureau/dossiers/asso.vto")


LATEST = "il fallait convoquer au plus tard le 29/09/2021 (délai de 15\u00a0jours)."


@pytest.mark.parametrize(
    ("convened", "said"),
    [
        (None, "À convoquer au plus tard le 29/09/2021 (délai de 15\u00a0jours)."),
        (date(2021, 9, 29), None),
        (date(2021, 9, 30), f"Convoquée 14\u00a0jours avant\u00a0: {LATEST}"),
        (date(2021, 10, 14), f"Convoquée le jour même\u00a0: {LATEST}"),
    ],
)
def test_a_meeting_convened_too_late_is_told_with_the_latest_day(
    writing: Session, convened: date | None, said: str | None
) -> None:
    rule(writing, BodyKind.ASSEMBLY, notice_days=15)
    meeting = meeting_of(writing, BodyKind.ASSEMBLY, convened_on=convened)
    assert meetings.meeting_warnings(writing, meeting).get("convened_on") == said


def test_without_a_rule_no_delay_is_checked(writing: Session) -> None:
    meeting = meeting_of(writing, BodyKind.ASSEMBLY, convened_on=date(2021, 10, 14))
    assert meetings.meeting_warnings(writing, meeting) == {}
    assert meetings.latest_convening(Body(notice_days=30), date(1, 1, 5)) is None


def test_all_that_is_wrong_is_said_at_once() -> None:
    row = Meeting(
        held_on=date(2021, 5, 1), convened_on=date(2021, 5, 2), time="25:00", kind="Au café", link="x" * 301
    )
    assert set(meetings.meeting_problems(row)) == {"body_id", "convened_on", "time", "kind", "link"}
    assert set(meetings.meeting_problems(Meeting())) == {"body_id", "held_on"}


def test_the_body_of_a_meeting_with_attendance_stays(writing: Session) -> None:
    meeting = meeting_of(writing, BodyKind.BUREAU)
    record(writing, meeting, "TOUET", PRESENT)
    meeting.body_id += 1
    with pytest.raises(Invalid) as refused:
        meetings.save_meeting(writing, meeting)
    assert set(refused.value.problems) == {"body_id"}


def test_an_agenda_is_an_item_a_line_without_its_marks() -> None:
    typed = "1. Rapport moral\n2) Comptes 2021\n\n- Questions diverses\n• 2022 : projets\n 20 ans déjà"
    assert meetings.agenda_items(typed) == (
        "Rapport moral", "Comptes 2021", "Questions diverses", "2022 : projets", "20 ans déjà",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("14:30", "14\u00a0h\u00a030"),
        ("09:00", "9\u00a0h"),
        ("00:05", "0\u00a0h\u00a005"),
        ("midi", "midi"),
        ("", ""),
    ],
)
def test_hours_read_as_french_does(typed: str, said: str) -> None:
    assert meetings.time_words(typed) == said


# --- documents -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ("/bureau/dossiers/ag/budget.pdf", "ag/budget.pdf"),
        ("/bureau/dossiers/ag/../budget.pdf", "budget.pdf"),
        ("/bureau/autre/budget.pdf", "/bureau/autre/budget.pdf"),
        ("/bureau/dossiers-2020/budget.pdf", "/bureau/dossiers-2020/budget.pdf"),
    ],
)
def test_a_document_below_the_dossier_is_kept_from_there(chosen: str, kept: str) -> None:
    path = documents.kept_path(Path(chosen), DOSSIER)
    assert path == kept
    assert documents.located(path, DOSSIER) == Path(chosen.replace("ag/../", ""))


HOSTILE = [
    "../../etc/passwd", "ag/../../secret.pdf", "..", "ag\\..\\..\\secret.pdf", "file:///etc/passwd",
    "http://exemple.invalid/x.pdf", "javascript:alert(1)", "x\x00.pdf", "a\nb.pdf", "",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_path_leads_nowhere(path: str, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier" / "x.vto"
    (tmp_path / "dossier").mkdir()
    (tmp_path / "secret.pdf").write_text("secret")
    assert documents.located(path, dossier) is None
    assert documents.is_missing(path, dossier)
    with pytest.raises(UserError) as refused:
        documents.to_open(path, dossier)
    assert refused.value.code == "DOCUMENT_ABSENT"


@pytest.mark.parametrize(
    "name", ["programme.exe", "a.desktop", "x.sh", "x.html", "x.lnk", "x.pdf.bat", "sans"]
)
def test_what_could_be_a_program_is_not_opened(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(UserError) as refused:
        documents.to_open(name, tmp_path / "x.vto")
    assert refused.value.code == "DOCUMENT_NON_OUVERT"


def test_another_computer_is_not_called_to_look_for_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def called(*_given: object) -> bool:
        raise AssertionError("the path was looked for")

    monkeypatch.setattr(Path, "exists", called)
    monkeypatch.setattr(Path, "is_file", called)
    assert not documents.is_missing("\\\\serveur\\asso\\x.pdf", DOSSIER)
    assert not documents.is_missing("//serveur/asso/x.pdf", DOSSIER)


def test_a_document_is_kept_named_by_its_file_and_found_again(writing: Session, tmp_path: Path) -> None:
    meeting = meeting_of(writing, BodyKind.COUNCIL)
    (tmp_path / "Compte\u00a0rendu 2021.PDF").write_text("x")
    path = documents.kept_path(tmp_path / "Compte\u00a0rendu 2021.PDF", tmp_path / "x.vto")
    kept = documents.save_document(writing, MeetingDocument(meeting_id=meeting.id, path=path))
    other = documents.save_document(
        writing, MeetingDocument(meeting_id=meeting.id, path="C:\\asso\\budget.ods")
    )
    assert [(row.label, row.position) for row in documents.documents_of(writing, meeting.id)] == [
        ("Compte\u00a0rendu 2021", 0), ("budget", 1),
    ]  # fmt: skip
    assert documents.to_open(kept.path, tmp_path / "x.vto") == tmp_path / "Compte\u00a0rendu 2021.PDF"
    documents.delete_document(writing, other.id)
    assert len(documents.documents_of(writing, meeting.id)) == 1
    assert (tmp_path / "Compte\u00a0rendu 2021.PDF").exists()
    with pytest.raises(Invalid):
        documents.save_document(writing, MeetingDocument(meeting_id=meeting.id, path="a\x1b[31m.pdf"))


def test_a_name_composed_on_a_mac_is_found(tmp_path: Path) -> None:
    (tmp_path / "de\u0301libe\u0301ration.pdf").write_text("x")
    assert not documents.is_missing("délibération.pdf", tmp_path / "x.vto")


@given(st.text(max_size=60))
def test_no_text_leads_out_of_the_folder_or_fails(path: str) -> None:
    found = documents.located(path, DOSSIER)
    if found is not None:
        assert ".." not in found.parts
        assert found.is_absolute()
    documents.is_missing(path, DOSSIER)
