"""The status bar: what just succeeded, that everything is saved, when the last backup was made, the date."""

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from vto_desktop import french
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.elided import ElidedLabel
from vto_desktop.ui.kit.panel import label

SHOWN: Final = 12_000
"""Milliseconds during which a success is told."""


class StatusBar(QStatusBar):
    """One line of text with a sign before it, and the date at right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(theme.px(28))
        self._state = ""
        self._said = ""
        self._role = "ok"
        self._sign = QLabel()
        self._sign.setFixedWidth(theme.px(30))
        self._sign.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.text = ElidedLabel("caption")
        self.text.setContentsMargins(theme.px(6), 0, 0, 0)
        self._date = label(french.short_date(date.today()), "caption")  # noqa: DTZ011 - the user's own calendar
        self._date.setContentsMargins(0, 0, theme.px(18), 0)
        self.addWidget(self._sign)
        self.addWidget(self.text, 1)
        self.addPermanentWidget(self._date)
        self._end = QTimer(self, singleShot=True, interval=SHOWN)
        self._end.timeout.connect(self.forget)
        theme.look().changed.connect(self._show)

    def say(self, sentence: str) -> None:
        """Tell a success for a while, before what always stands here."""
        self._said = sentence.rstrip(".")
        self._end.start()
        self._show()

    def forget(self) -> None:
        """Say no more what was said: something else happened since, or another page is looked at."""
        self._end.stop()
        self._said = ""
        self._show()

    def show_saved(self, backup_at: datetime | None) -> None:
        """Say that everything is saved, and since when there is a backup."""
        backup = (
            "aucune sauvegarde pour l’instant"
            if backup_at is None
            else f"dernière sauvegarde {_when(backup_at)}"
        )
        self._set(f"Toutes les modifications sont enregistrées · {backup}", "ok")

    def show_read_only(self) -> None:
        """Say that nothing can be changed."""
        self._set("Lecture seule : rien ne peut être modifié", "warn")

    def show_no_dossier(self) -> None:
        """Say that no dossier is open."""
        self._set("Aucun dossier ouvert", "")

    def show_opening(self, name: str) -> None:
        """Say that a dossier is on its way."""
        self._set(f"Ouverture de {name}…", "")

    def _set(self, text: str, role: str) -> None:
        self._state, self._role = text, role
        self._show()

    def _show(self) -> None:
        parts = [part for part in (self._said, self._state) if part]
        self.text.show_text(" · ".join(parts))
        self._sign.setVisible(bool(self._role))
        if self._role:
            name = "circle-check" if self._role == "ok" else "lock"
            self._sign.setPixmap(icons.pixmap(name, self._role, theme.px(14), self.devicePixelRatioF()))


def _when(at: datetime) -> str:
    today = date.today()  # noqa: DTZ011 - the user's own calendar
    return f"{at:%H:%M}" if at.date() == today else f"le {at:%d/%m/%Y à %H:%M}"
