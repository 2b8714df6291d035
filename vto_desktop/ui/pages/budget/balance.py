"""The balance at the top of the budget: is the forecast balanced, income beside expenses, the result."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vto_desktop import french
from vto_desktop.services.execution import Execution, total_actual, total_forecast
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.panel import label

LINE = 26
BAR = 15


class _Bars(QWidget):
    """Actual income and expenses as two bars of one scale, each with its amount."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[tuple[str, int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_amounts(self, income: int, expenses: int) -> None:
        """Show what really happened. Cents."""
        self._lines = (("Produits", income, "link"), ("Charges", expenses, "border"))
        self.setAccessibleName(
            f"Réalisé\u00a0: produits {french.amount(income)}, charges {french.amount(expenses)}"
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(2 * LINE))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(2 * LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        plain, strong = theme.font(10), theme.font(10, 600, figures=True)
        amounts = [french.amount(amount) for _name, amount, _role in self._lines]
        right = max((QFontMetrics(strong).horizontalAdvance(text) for text in amounts), default=0)
        left = theme.px(72)
        room = self.width() - left - right - theme.px(16)
        largest = max((amount for _name, amount, _role in self._lines), default=0)
        for place, (name, amount, role) in enumerate(self._lines):
            top, high = place * theme.px(LINE), theme.px(LINE)
            middle = int(Qt.AlignmentFlag.AlignVCenter)
            painter.setPen(QColor(colours.text))
            painter.setFont(plain)
            painter.drawText(0, top, left, high, middle, name)
            wide = room * amount / largest if largest > 0 and amount > 0 else 0.0
            bar = QRectF(left, top + (high - theme.px(BAR)) / 2, wide, theme.px(BAR))
            painter.fillRect(bar, QColor(colours.colour(role)))
            painter.setFont(strong)
            at_right = middle | int(Qt.AlignmentFlag.AlignRight)
            painter.drawText(self.width() - right - 2, top, right + 2, high, at_right, amounts[place])
        painter.end()


class Balance(QFrame):
    """« Prévu : équilibré à 392 000 € », the two bars, « Résultat réalisé »."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sign = label("")
        self.forecast = label("", "strong")
        self.bars = _Bars()
        self.result = label("", "bigFigure")
        self.result.setFont(theme.font(15, 600, figures=True))
        self.result.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        row.setSpacing(theme.px(32))
        row.addLayout(self._left())
        row.addWidget(self.bars, 1)
        row.addLayout(self._right())

    def _left(self) -> QVBoxLayout:
        made, line = QVBoxLayout(), QHBoxLayout()
        line.setSpacing(theme.px(6))
        line.addWidget(self._sign)
        line.addWidget(self.forecast, 1)
        made.setSpacing(theme.px(2))
        made.addStretch(1)
        made.addWidget(label("Prévu", "caption"))
        made.addLayout(line)
        made.addStretch(1)
        return made

    def _right(self) -> QVBoxLayout:
        made = QVBoxLayout()
        caption = label("Résultat réalisé", "caption")
        caption.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setSpacing(0)
        made.addStretch(1)
        made.addWidget(caption)
        made.addWidget(self.result)
        made.addStretch(1)
        return made

    def show_execution(self, found: Execution) -> None:
        """Show a year's budget and its result."""
        words, role = _forecast_words(found)
        self.forecast.setText(words)
        self._tint(self.forecast, role)
        sign = {"ok": "circle-check", "warn": "triangle-alert"}.get(role, "info")
        self._sign.setPixmap(icons.pixmap(sign, role, theme.px(16), self.devicePixelRatioF()))
        self.bars.show_amounts(total_actual(found.income), total_actual(found.expenses))
        self.result.setText(french.amount(found.result, signed=True))
        self._tint(self.result, "danger" if found.result < 0 else "ok")
        self.result.setAccessibleName(f"Résultat réalisé\u00a0: {self.result.text()}")

    @staticmethod
    def _tint(where: QWidget, role: str) -> None:
        where.setStyleSheet(f"color: {theme.current().colour(role)}")


def _forecast_words(found: Execution) -> tuple[str, str]:
    if found.budget_id is None:
        return "aucun budget", "secondary"
    gap = found.forecast_result
    if gap == 0:
        return f"équilibré à {french.amount(total_forecast(found.income))}", "ok"
    return f"{'excédent' if gap > 0 else 'déficit'} de {french.amount(abs(gap))}", "warn"
