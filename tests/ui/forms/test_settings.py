"""Settings, preferences, backups, help: what they keep and what they tell."""

import shutil
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QImage, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from sqlalchemy import select

from tests.ui.driving import click, count, is_open, opened, pick, save, type_into
from vto_desktop.model import Association, Signatory
from vto_desktop.store import Dossier, backups
from vto_desktop.ui.forms import export
from vto_desktop.ui.forms.about import About
from vto_desktop.ui.forms.association import AssociationForm
from vto_desktop.ui.forms.backups import RestoreDialog
from vto_desktop.ui.forms.guide import Guide
from vto_desktop.ui.forms.logo import LARGEST, LogoInput
from vto_desktop.ui.forms.preferences import PreferencesForm
from vto_desktop.ui.forms.shortcuts import Shortcuts
from vto_desktop.ui.forms.signatory import SignatoryForm
from vto_desktop.ui.kit import jobs, theme
from vto_desktop.ui.kit.chips import Chip
from vto_desktop.ui.kit.columns import Column
from vto_desktop.ui.kit.messages import Message
from vto_desktop.ui.kit.table import Table
from vto_desktop.ui.kit.workspace import Workspace

Show = Callable[[QWidget], None]


def test_the_logo_is_kept_as_a_small_png(workspace: Workspace, shown: Show, tmp_path: Path) -> None:
    picture = QImage(2400, 1200, QImage.Format.Format_RGB32)
    picture.fill(0x1F3A5F)
    picture.save(str(tmp_path / "logo.jpg"))
    form = AssociationForm.edit(workspace)
    shown(form)
    field = form.input("logo")
    assert isinstance(field, LogoInput)
    (tmp_path / "faux.png").write_text("pas une image", encoding="utf-8")
    field.read(tmp_path / "faux.png")
    assert "n’est pas une image lisible" in field.problem()
    field.read(tmp_path / "logo.jpg")
    assert field.problem() == ""
    save(form)
    with workspace.read() as session:
        kept = session.scalars(select(Association.logo)).one()
    image = QImage.fromData(b64decode(kept))
    assert (image.width(), image.height()) == (LARGEST, LARGEST // 2)


def test_numbers_that_cannot_be_are_told_beside_their_field_and_kept(
    workspace: Workspace, shown: Show
) -> None:
    form = AssociationForm.edit(workspace)
    shown(form)
    iban = "FR76 3000 6000 0112 3456 7890 18"
    wrong = {"siret": "73282932000075", "rna": "343", "iban": f"{iban}8", "bic": "XX"}
    for name, number in wrong.items():
        type_into(form, name, number)
    told = {name: _told(form, name) for name in wrong}
    assert "14 chiffres" in told["siret"]
    assert "W suivi de 9" in told["rna"]
    assert "IBAN n’est pas valide" in told["iban"]
    assert "8 ou 11" in told["bic"]
    type_into(form, "iban", f"{iban}9")
    assert "n’est pas valide" not in _told(form, "iban")
    save(form)
    assert not is_open(AssociationForm)
    with workspace.read() as session:
        kept = session.scalars(select(Association)).one()
        assert (kept.siret, kept.rna, kept.bic) == (wrong["siret"], wrong["rna"], wrong["bic"])


def _told(form: AssociationForm, name: str) -> str:
    return " ".join(one.text() for one in form.fields[name].findChildren(QLabel))


def test_signatories_are_added_and_removed_beside_the_settings(workspace: Workspace, shown: Show) -> None:
    form = AssociationForm.edit(workspace)
    shown(form)
    before = count(workspace, Signatory)
    click(form.new_signatory)
    signatory = opened(SignatoryForm)
    pick(signatory, "person_id", "gimenez")
    type_into(signatory, "office", "presidente")
    save(signatory)
    assert count(workspace, Signatory) == before + 1
    assert "Clara GIMENEZ" in form.signatories.texts()
    view = next(v for v in form.signatories.views if v.item.title == "Clara GIMENEZ")
    view.item.acts[1][2]()
    assert count(workspace, Signatory) == before
    assert not form.is_changed()


def test_preferences_change_the_look_at_once(workspace: Workspace, shown: Show) -> None:
    form = PreferencesForm(workspace)
    shown(form)
    form.input("look").set_value("dark")
    type_into(form, "author", "Anne Martin")
    save(form)
    assert theme.current().name == "dark"
    assert workspace.settings.get("auteur") == "Anne Martin"


def test_a_backup_is_previewed_before_it_is_restored(dossier: Dossier, shown: Show) -> None:
    made = backups.back_up(dossier)
    dialog = RestoreDialog(dossier.path)
    shown(dialog)
    chosen: list[Path] = []
    dialog.chosen.connect(chosen.append)
    facts = [label.text() for label in dialog.facts.findChildren(QWidget) if hasattr(label, "text")]
    assert "16" in facts[facts.index("Adhérents") + 1 :][:1]
    click(dialog.restore_button)
    assert chosen == [made]


def test_a_damaged_backup_cannot_be_restored(dossier: Dossier, shown: Show) -> None:
    made = backups.back_up(dossier)
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 0xFF
    made.write_bytes(content)
    dialog = RestoreDialog(dossier.path)
    shown(dialog)
    assert "[SAUVEGARDE_ENDOMMAGEE]" in dialog.banner.sentence()
    assert not dialog.restore_button.isEnabled()


def test_about_tells_versions_places_and_licences(workspace: Workspace, shown: Show) -> None:
    dialog = About(workspace)
    shown(dialog)
    dialog.copy()
    copied = QApplication.clipboard().text()
    assert "SQLAlchemy\u00a0: 2." in copied
    assert str(workspace.settings.path) in copied


def test_shortcuts_list_the_menus_and_are_filtered(qapp: QApplication, shown: Show) -> None:
    action = QAction("&Nouveau…")
    action.setShortcut(QKeySequence("Ctrl+Shift+N"))
    silent = QAction("Sans touches")
    dialog = Shortcuts([action, silent])
    shown(dialog)
    rows = [dialog.table.rows.values(row) for row in range(dialog.table.rows.rowCount())]
    assert rows[0][2] == "Nouveau"
    assert "Sans touches" not in [row[2] for row in rows]
    dialog.table.rows.set_filter("calendrier")
    assert dialog.table.rows.rowCount() == 1


def test_the_guide_opens_at_the_part_of_the_page(tmp_path: Path, shown: Show) -> None:
    text = "# Guide\n\n" + "mot\n\n" * 200 + "## Adhérents\n\nici\n"
    (tmp_path / "guide.md").write_text(text, encoding="utf-8")
    guide = Guide(tmp_path / "guide.md", "Adhérents")
    shown(guide)
    assert guide.text.textCursor().block().text() == "Adhérents"
    assert "pas installé" in Guide(tmp_path / "absent.md", "").text.toPlainText()


def test_a_picture_of_the_guide_is_never_wider_than_its_window(tmp_path: Path, shown: Show) -> None:
    picture = QImage(1200, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    picture.save(str(tmp_path / "large.png"))
    (tmp_path / "guide.md").write_text("![Large](large.png)\n\nUn mot ; un autre.\n", encoding="utf-8")
    guide = Guide(tmp_path / "guide.md", "")
    shown(guide)
    for wide in (820, 600, 1600):
        guide.resize(wide, 700)
        QApplication.processEvents()
        kept = guide.text.document().resource(
            QTextDocument.ResourceType.ImageResource.value, QUrl("large.png")
        )
        assert kept.deviceIndependentSize().width() <= guide.text.viewport().width()
        assert guide.text.horizontalScrollBar().maximum() == 0
    assert kept.width() == 1200  # where there is room, it is shown as it is
    assert "mot\u00a0; un" in guide.text.document().toRawText()


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_list_is_exported_as_it_is_shown(
    workspace: Workspace, shown: Show, tmp_path: Path, suffix: str
) -> None:
    columns = (
        Column("name", "Nom"), Column("amount", "Montant", "amount"),
        Column("state", "État", "chip"), Column("part", "Part", "percent"), Column("id", "N°", hidden=True),
    )  # fmt: skip
    table = Table(columns, name="essai")
    table.show_rows(
        [(1, "=1+1", 123_450, Chip("Réglée"), (1, 8), "x"), (2, "Anne", None, Chip(""), (0, 0), "y")]
    )
    table.rows.set_filter("regl")
    shown(table)
    path = tmp_path / f"liste{suffix}"
    export.export(table, workspace, table, "Essai", path)
    for _round in range(400):
        QApplication.processEvents()
        if not jobs.active():
            break
        QTest.qWait(5)
    if suffix == ".xlsx":
        rows = [[cell.value for cell in row] for row in load_workbook(path).active.iter_rows()]  # type: ignore[union-attr]
        assert rows == [["Nom", "Montant", "État", "Part"], ["=1+1", 1234.5, "Réglée", "12,5\u00a0%"]]
    else:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        assert lines == ["Nom;Montant;État;Part", "'=1+1;1234,50;Réglée;12,5\u00a0%"]


def test_an_export_that_is_refused_is_told(workspace: Workspace, shown: Show, tmp_path: Path) -> None:
    table = Table((Column("name", "Nom"),), name="essai")
    shown(table)
    export.export(table, workspace, table, "Essai", tmp_path / "absent" / "liste.csv")
    for _round in range(400):
        QTest.qWait(5)
        if is_open(Message):
            break
    assert "[FICHIER_NON_ECRIT]" in opened(Message).sentence
    shutil.rmtree(tmp_path / "absent", ignore_errors=True)
