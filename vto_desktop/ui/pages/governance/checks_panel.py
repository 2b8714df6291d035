"""« À vérifier »: what is missing or contradicts itself in the body shown, each with what mends it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.governance_checks import Finding
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.panel import Panel, button, label, scrolled

SHOWN: Final = 2  # lines seen before « Voir… »; one where there is little room
LOW: Final = 560
MOST_SEEN: Final = 6  # lines before these scroll
LINE: Final = 30
SIGNS: Final = {"danger": "circle-alert", "warn": "triangle-alert", "info": "info"}


class ChecksPanel(Panel):
    """Lines of findings; ``acted`` tells the one whose button was pressed."""

    acted = Signal(object)

    def __init__(self) -> None:
        super().__init__("À vérifier")
        self.findings: Sequence[Finding] = ()
        self.buttons: list[QPushButton] = []
        self._is_open = False
        self._shown = SHOWN
        self._shown_before: tuple[Sequence[Finding], bool] = ((), False)
        self.toggle = self.action("", self._toggle)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._area = scrolled(inside)
        self.add(self._area)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], *, writable: bool) -> None:
        """Show what is to be checked; nothing hides the panel."""
        if (findings, writable) == self._shown_before:
            return  # the focus stays on its button
        self._shown_before = (findings, writable)
        self.findings = findings
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = []
        for each in findings:
            self._lines.addWidget(self._line(each, writable=writable))
        self.set_caption(french.count(len(findings), "point"))
        self.setVisible(bool(findings))
        self._fit()

    def _line(self, finding: Finding, *, writable: bool) -> QFrame:
        line = QFrame()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(icons.Sign(SIGNS[finding.tone], finding.tone))
        row.addWidget(label(finding.title, "strong"))
        detail = _Elided(finding.detail)
        row.addWidget(detail, 1)
        act = button(finding.action, lambda: self.acted.emit(finding), kind="small")
        act.setAccessibleName(f"{finding.action} {finding.title}, {finding.detail}")
        act.setEnabled(writable)
        self.buttons.append(act)
        row.addWidget(act)
        line.setFixedHeight(theme.px(LINE))
        return line

    def set_room(self, height: int) -> None:
        """Take less where there is little room for the table below."""
        shown = SHOWN if height >= theme.px(LOW) else 1
        if shown != self._shown:
            self._shown = shown
            self._fit()

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._fit()

    def _fit(self) -> None:
        """Take the height of the lines that are seen."""
        count = len(self.findings)
        seen = min(count, MOST_SEEN if self._is_open else self._shown)
        self._area.setFixedHeight(theme.px(LINE) * max(seen, 1))
        self._area.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if self._is_open else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        more = count - self._shown
        self.toggle.setVisible(more > 0)
        self.toggle.setText("Réduire" if self._is_open else f"Voir les {french.number(count)}")


class _Elided(QLabel):
    """One line of plain text, cut with « … » where it ends, whole in its tip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(text)
        self.setMinimumWidth(theme.px(60))

    def resizeEvent(self, event: object) -> None:
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(cut)
        self.setAccessibleName(self._whole)
