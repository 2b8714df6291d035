"""The first page when no dossier is open: create one, open one, or discover the example."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.chips import Chip, ChipLabel
from vto_desktop.ui.kit.panel import button, label, scrolled

PROMISES = (
    ("lock", "Tout reste sur cet ordinateur, sans internet."),
    ("undo-2", "Chaque action peut être annulée."),
    ("circle-question-mark", "F1 ouvre le guide."),
)


class Welcome(QWidget):
    """Three equal choices; the example, the safest, holds the first focus."""

    create_asked = Signal()
    open_asked = Signal()
    example_asked = Signal()
    path_asked = Signal(Path)

    def __init__(self, recent: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        column.addWidget(Mark(64), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(16))
        title = label("Bienvenue dans VTO Desktop", "welcome")
        title.setFont(theme.font(21, 600))
        below = label(
            "Adhérents, gouvernance, conventions et budget de l’association, dans un seul dossier.",
            "secondary",
            wrap=True,
        )
        for one in (title, below):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(one)
        column.addSpacing(theme.px(32))
        column.addLayout(self._cards())
        column.addSpacing(theme.px(12))
        notice = ChipLabel(
            Chip("Exemple\u00a0: montants fictifs, proportions du rapport 2021", "warn"), icon="info"
        )
        column.addWidget(notice, 0, Qt.AlignmentFlag.AlignHCenter)
        self._recent = QHBoxLayout()
        self._recent.setSpacing(theme.px(8))
        column.addSpacing(theme.px(12))
        column.addLayout(self._recent)
        column.addSpacing(theme.px(12))
        column.addLayout(_promises())
        column.addStretch(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        self.show_recent(recent)

    def _cards(self) -> QHBoxLayout:
        self.create_button = button("&Créer un dossier…", self.create_asked.emit)
        self.open_button = button("&Ouvrir un dossier…", self.open_asked.emit)
        self.example_button = button("Découvrir l’e&xemple 2021", self.example_asked.emit, kind="primary")
        row = QHBoxLayout()
        row.setSpacing(theme.px(24))
        row.addStretch(1)
        cards = (
            Choice(
                "folder-plus",
                "Créer un dossier",
                "Partir de zéro\u00a0: le nom de l’association, le premier exercice, "
                "puis vos adhérents, vos conventions et votre budget.",
                self.create_button,
            ),
            Choice(
                "folder-open",
                "Ouvrir un dossier",
                "Choisir un fichier .vto sur cet ordinateur ou sur un disque partagé. Une "
                "sauvegarde est faite "
                "à la fermeture.",
                self.open_button,
            ),
            Choice(
                "compass",
                "Découvrir l’exemple 2021",
                "Un dossier complet fait du rapport annuel 2021\u00a0: 16 adhérents, le Bureau, "
                "les conventions. "
                "À essayer sans risque.",
                self.example_button,
            ),
        )
        for card in cards:
            row.addWidget(card, 4)
        row.addStretch(1)
        return row

    def show_recent(self, recent: Sequence[Path]) -> None:
        """Offer the dossiers opened lately."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not recent:
            return
        self._recent.addStretch(1)
        self._recent.addWidget(label("Reprendre\u00a0:", "secondary"))
        for path in recent[:3]:
            made = button(path.name.replace("&", "&&"), partial(self.path_asked.emit, path), kind="link")
            made.setToolTip(str(path))
            self._recent.addWidget(made)
        self._recent.addStretch(1)

    def focus_example(self) -> None:
        """Put the focus on the safest choice."""
        self.example_button.setFocus(Qt.FocusReason.TabFocusReason)


class Mark(QWidget):
    """The program's mark."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.setFixedSize(theme.px(side), theme.px(side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().accent))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(QColor(theme.current().on_link))
        painter.setFont(theme.font(self.width() * 0.36 * 100 / theme.look().size, 700))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "V")
        painter.end()


class Choice(QWidget):
    """One choice: icon, name, what happens, button; outlined while the button has the focus."""

    def __init__(self, icon: str, title: str, text: str, act: QPushButton) -> None:
        super().__init__()
        self._act = act
        self.setMaximumWidth(theme.px(324))
        self.setMinimumWidth(theme.px(220))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(32), theme.px(28), theme.px(28))
        column.setSpacing(theme.px(8))
        column.addWidget(_Sign(icon, primary=act.objectName() == "primary"))
        column.addSpacing(theme.px(16))
        heading = label(title, "detailTitle", wrap=True)
        words = label(text, "secondary", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.setMinimumHeight(theme.px(76))
        column.addWidget(heading)
        column.addWidget(words)
        column.addSpacing(theme.px(8))
        act.setMinimumHeight(theme.px(40))
        act.setAccessibleDescription(text)
        column.addWidget(act)
        act.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self._act.hasFocus()
        painter.setPen(QPen(QColor(colours.link if focus else colours.line), 2 if focus else 1))
        painter.setBrush(QColor(colours.panel))
        edge = 1.0 if focus else 3.5
        painter.drawRoundedRect(self.rect().toRectF().adjusted(edge, edge, -edge, -edge), 6, 6)
        painter.end()


class _Sign(QWidget):
    """The icon of a choice on its ground."""

    def __init__(self, icon: str, *, primary: bool) -> None:
        super().__init__()
        self._icon, self._primary = icon, primary
        self.setFixedSize(QSize(theme.px(56), theme.px(56)))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.link if self._primary else colours.info.back))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        edge = theme.px(14)
        role = "on_link" if self._primary else "info"
        icons.icon(self._icon, role).paint(painter, self.rect().adjusted(edge, edge, -edge, -edge))
        painter.end()


class _Small(QWidget):
    """A small icon in the grey of the palette in force."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(theme.px(16), theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.icon(self._icon, "secondary").paint(painter, self.rect())
        painter.end()


def _promises() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    row.addStretch(1)
    for icon, text in PROMISES:
        row.addWidget(_Small(icon))
        row.addWidget(label(text, "secondary"))
        row.addSpacing(theme.px(16))
    row.addStretch(1)
    return row
