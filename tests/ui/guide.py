"""Pictures of the guide, made again from the example: ``python -m tests.ui.guide FOLDER``.

The folder is ``docs/images``; each picture is written in 256 colours, as the guide has them.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from sqlalchemy import select

from tests.ui.driving import settle
from tests.ui.pages.members_rows import member_called
from vto_desktop.model import Body, BodyKind, Meeting, Organisation, Person, Presence, Representative
from vto_desktop.services import accounts, attendance, example, meetings, organisations, persons
from vto_desktop.settings import Settings
from vto_desktop.store import create_dossier
from vto_desktop.ui.application.session import make_application, make_window
from vto_desktop.ui.forms.campaign import CampaignForm
from vto_desktop.ui.forms.importing import ImportDialog
from vto_desktop.ui.main_window import MainWindow
from vto_desktop.ui.main_window.recent import RECENT
from vto_desktop.ui.pages.governance.meetings.detail import ATTENDANCE
from vto_desktop.ui.pages.members.duplicates import DuplicatesDialog

WINDOW = QSize(1200, 750)
DIALOG = QSize(1000, 640)
CALM = 400
"""Milliseconds after which nothing is laid out any more."""
LIST = """
Collectivité;Type;Dép.;Titulaire;Qualité;Courriel;Adhésion
Ville de Béziers;commune;34;Mme Claire ROUX;adjointe à la cohésion sociale;mairie@beziers.invalid;01/01/2022
Agde;commune;34;M. Paul GARCIA;conseiller municipal;mairie@agde.invalid;01/01/2022
Ville de Lunel;commune;34;Nourredine BENIATTOU;;contact@lunel.invalid;
Vauvert;commune;30;Farouk MOUSSA;;;
Alès;commune;30;Mme Anne PONS;adjointe au maire;;01/03/2022
Castres;commune;;M. Luc FABRE;maire-adjoint;;15/01/2022
CA du Grand Narbonne;CA;11;Mme Rose VIDAL;vice-présidente;;01/01/2022
Association Les Quartiers en fête;association;34;M. Karim SAID;président;bonjour@quartiers.invalid;01/02/2022
Ville de Bagnols-sur-Cèze;commune;30;M. Jean BRUN;adjoint au maire;;31/02/2022
Total;;;;;;
"""


def main(folder: Path) -> None:
    """Write the pictures into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "exemple-2021.vto"
        with create_dossier(path) as made, made.write("Créer l’exemple 2021", is_start=True) as session:
            example.build_example(session)
        settings = Settings(Path(scratch) / "preferences.json")
        settings.set("apparence", "light")
        window = make_window(settings)
        window.resize(WINDOW)
        window.show()
        window.dossiers.open(path)
        for name, take in PICTURES.items():
            taken = take(window, Path(scratch))
            settle()
            QTest.qWait(CALM)
            picture = Path(scratch) / f"{name}.png"
            taken.grab().save(str(picture))
            quantized(picture, folder / picture.name)
            if isinstance(taken, QDialog):
                taken.hide()
        window.dossiers.let_go()
    application.quit()


def quantized(picture: Path, target: Path) -> None:
    """Write a picture in 256 colours, a third of its size."""
    with Image.open(picture) as whole:
        whole.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
    print(target)


def page(key: str) -> Callable[[MainWindow, Path], QWidget]:
    """Return what shows a page."""

    def show(window: MainWindow, _scratch: Path) -> QWidget:
        window.show_page(key)
        return window

    return show


def meeting(window: MainWindow, _scratch: Path) -> QWidget:
    """Show a meeting of the council whose attendance is being taken: a substitute, a power, some to come."""
    with window.workspace.write("Réunir le conseil") as session:
        council = session.scalars(select(Body).where(Body.kind == BodyKind.COUNCIL.value)).one()
        council.quorum_part, council.quorum_whole, council.max_powers = 1, 2, 1
        held = meetings.save_meeting(
            session, Meeting(body_id=council.id, held_on=date(2021, 10, 14), time="14:30")
        )
        session.flush()
        seats = attendance.sheet(session, held.id).seats
        stood_in = next(seat for seat in seats if seat.substitutes)
        sent = next(seat for seat in seats if "Hérault Méditerranée" in seat.label)
        holder = next(seat for seat in seats if "Grand Orb" in seat.label).holders[0]
        there = [seat for seat in seats if seat not in (stood_in, sent)][:9]
        attendance.mark(session, held.id, there, Presence.PRESENT.value)
        attendance.mark(session, held.id, [stood_in], Presence.SUBSTITUTE.value)
        power = attendance.attendance_of(session, held.id, sent)
        power.presence, power.proxy_id = Presence.PROXY.value, holder.person_id
        attendance.save_attendance(session, power)
        row = seats.index(sent) + 1
    governance = window.page("governance")
    governance.show_row("meeting", held.id)
    settle()
    detail = governance.meetings.detail  # type: ignore[attr-defined]
    detail.tabs.setCurrentIndex(ATTENDANCE)
    detail.attendance.table.pick(len(seats))
    detail.attendance.table.pick(row)
    return window


def preview(window: MainWindow, scratch: Path) -> QWidget:
    """Show what a list of members would do, on the row to correct."""
    file = scratch / "adhesions-2022.csv"
    file.write_text(LIST.strip(), encoding="utf-8")
    dialog = ImportDialog(window.workspace, window, path=file)
    dialog.open()
    dialog.resize(DIALOG)
    settle()
    dialog.go_on()
    return dialog


def duplicates(window: MainWindow, _scratch: Path) -> QWidget:
    """Show the president entered twice, and a town written without accents."""
    with window.workspace.write("Saisir deux fois") as session:
        twin = persons.save_person(
            session, Person(first_name="TOUET", last_name="Magalie", email="m.touet@exemple.invalid")
        )
        lunel = member_called(session, "Ville de Lunel")
        session.add(Representative(member_id=lunel.id, person_id=twin.id))
        organisations.save_organisation(session, Organisation(name="ville de lezignan corbieres"))
    dialog = DuplicatesDialog(window.workspace, window)
    dialog.open()
    return dialog


def campaign(window: MainWindow, _scratch: Path) -> QWidget:
    """Show the last step of the campaign of the next year."""
    with window.workspace.write("Ouvrir 2022") as session:
        accounts.save_year(session, accounts.next_year(session))
    window.workspace.year = 2022
    form = CampaignForm.new(window.workspace, window)
    form.input("called_on").set_value(date(2022, 2, 15))
    form.input("due_on").set_value(date(2022, 6, 30))
    form.take_button.click()
    form.start()
    form.resize(DIALOG)
    form.go_to_calls()
    return form


def welcome(window: MainWindow, _scratch: Path) -> QWidget:
    """Return the window as one finds it the first time."""
    window.dossiers.let_go()
    window.workspace.settings.set(RECENT, [])
    window.show_welcome()
    return window


PICTURES: dict[str, Callable[[MainWindow, Path], QWidget]] = {
    "tableau-de-bord": page("dashboard"),
    "conventions": page("conventions"),
    "budget": page("budget"),
    "editions": page("editions"),
    "journal": page("journal"),
    "adherents": page("members"),
    "cotisations": page("dues"),
    "gouvernance": page("governance"),
    "reunions": meeting,
    "apercu-import": preview,
    "doublons": duplicates,
    "campagne": campaign,
    "premier-lancement": welcome,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
