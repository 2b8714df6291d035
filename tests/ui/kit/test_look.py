"""The look: contrast, fonts, icons, French words of Qt, pictures of every piece."""

import json
from dataclasses import fields
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.kit import gallery
from vto_desktop.paths import resource
from vto_desktop.settings import Settings
from vto_desktop.ui.kit import icons, theme, translation
from vto_desktop.ui.kit.panel import label
from vto_desktop.ui.kit.theme import DARK, LIGHT, Theme, Tone


def luminance(colour: str) -> float:
    made = QColor(colour)
    parts = (made.redF(), made.greenF(), made.blueF())
    linear: list[float] = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_is_readable_on_every_ground(look: Theme) -> None:
    grounds = ("window", "panel", "field", "menu", "nav", "selected", "hover")
    for text, ground in product(("text", "secondary"), grounds):
        assert contrast(look.colour(text), look.colour(ground)) >= 4.5, (text, ground)
    for ground in ("window", "panel", "menu"):
        assert contrast(look.link, look.colour(ground)) >= 4.5
    assert contrast(look.on_link, look.link) >= 4.5
    tones = [getattr(look, f.name) for f in fields(look) if isinstance(getattr(look, f.name), Tone)]
    assert len(tones) == 5
    for tone in tones:
        assert contrast(tone.text, tone.back) >= 4.5
        assert contrast(tone.text, look.panel) >= 4.5
    assert contrast(look.border, look.panel) >= 3
    assert contrast(look.border, look.field) >= 3


def test_the_shipped_font_is_used(settings: Settings) -> None:
    assert "Inter" in QFontDatabase.families()
    assert QFontInfo(QApplication.font()).family() == "Inter"
    assert QApplication.font().pointSizeF() == 10


@pytest.mark.parametrize(("asked", "given"), [(90, 90), (150, 150), (400, 150), ("x", 100), (10, 90)])
def test_the_size_of_text_keeps_within_bounds(settings: Settings, asked: object, given: int) -> None:
    settings.set("taille", asked)
    theme.apply(settings)
    assert theme.look().size == given
    assert QApplication.font().pointSizeF() == pytest.approx(10 * given / 100)
    settings.set("taille", 100)
    theme.apply(settings)


def ink(image: QImage) -> set[str]:
    """Return the colours of the opaque points of an image."""
    points = product(range(image.width()), range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_an_icon_takes_the_colour_of_the_palette_when_it_changes(settings: Settings) -> None:
    icon = icons.icon("plus", "link")
    assert ink(icon.pixmap(48, 48).toImage()) == {LIGHT.link}
    settings.set("apparence", "dark")
    theme.apply(settings)
    assert ink(icon.pixmap(48, 48).toImage()) == {DARK.link}
    assert not icons.icon("no-such-icon").pixmap(16, 16).isNull()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_in_the_pixels_of_its_screen(settings: Settings, ratio: float) -> None:
    screen = QPixmap(round(32 * ratio), round(32 * ratio))
    screen.setDevicePixelRatio(ratio)
    screen.fill(QColor("white"))
    painter = QPainter(screen)
    icons.icon("plus").paint(painter, QRect(0, 0, 32, 32))
    painter.end()
    assert screen.toImage() == sharp(icons.pixmap("plus", "text", 32, ratio))


def sharp(drawn: QPixmap) -> QImage:
    """Return an icon laid on white, point for point."""
    ground = QImage(drawn.size(), QImage.Format.Format_RGB32)
    ground.fill(QColor("white"))
    ground.setDevicePixelRatio(drawn.devicePixelRatio())
    painter = QPainter(ground)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return ground


def test_a_wrapped_text_takes_the_room_of_what_it_says_now(settings: Settings) -> None:
    words = label("Conseil régional d’Occitanie", wrap=True)
    one_line = words.heightForWidth(400)
    assert words.heightForWidth(60) > one_line
    words.setText("Conseil régional d’Occitanie " * 12)
    assert words.heightForWidth(400) > 2 * one_line
    words.setText("Conseil régional d’Occitanie")
    assert words.heightForWidth(400) == one_line
    words.setFont(theme.font(20))
    assert words.heightForWidth(400) > one_line


def test_everything_fetched_is_what_was_recorded() -> None:
    import hashlib

    record = json.loads(resource("SOURCES.json").read_text(encoding="utf-8"))
    shipped = {path: sha for package in record.values() for path, sha in package["files"].items()}
    for path, sha in shipped.items():
        assert hashlib.sha256(resource(path).read_bytes()).hexdigest() == sha
    on_disk = {f"icons/{p.name}" for p in resource("icons").iterdir()}
    on_disk |= {f"fonts/{p.name}" for p in resource("fonts").iterdir()}
    assert on_disk == {path for path in shipped if path.startswith(("icons/", "fonts/"))}


def test_icons_named_in_the_code_are_shipped() -> None:
    import re

    root = Path(theme.__file__).resolve().parents[2]
    named: set[str] = set()
    for path in (root / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"icons\.(?:icon|pixmap)\(\"([a-z0-9-]+)\"", text))
        named |= set(re.findall(r"\bicon=\"([a-z0-9-]+)\"", text))
    missing = {name for name in named if not resource("icons", f"{name}.svg").is_file()}
    assert named
    assert not missing


def test_qt_speaks_french(qapp: QApplication) -> None:
    translation.install(qapp)
    said = {
        ("QPlatformTheme", "Cancel"): "Annuler",
        ("QFileDialog", "File &name:"): "&Nom de fichier :",
        ("QFileSystemModel", "%1 KB"): "%1 Ko",
        ("QPrintSettingsOutput", "Duplex Printing"): "Recto verso",
    }
    for (context, source), french in said.items():
        assert QCoreApplication.translate(context, source).replace("\u00a0", " ") == french


@pytest.mark.parametrize("look", ["light", "dark"])
def test_pictures_of_every_piece_can_be_drawn(qtbot: QtBot, tmp_path: Path, look: str) -> None:
    for path in gallery.write_all(tmp_path, look):
        image = QImage(str(path))
        assert image.width() > 200
        small = image.scaled(40, 40)
        assert len({small.pixelColor(x, y).rgb() for x, y in product(range(40), range(40))}) > 5


def test_a_button_is_as_high_as_drawn(settings: Settings, qtbot: QtBot) -> None:
    button = QPushButton("Enregistrer")
    qtbot.addWidget(button)
    button.show()
    assert 30 <= button.height() <= 34
