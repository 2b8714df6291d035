"""Fields for amounts, dates and times, tolerant of every way French people type them."""

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout

from vto_desktop import french
from vto_desktop.ui.kit import icons, theme
from vto_desktop.ui.kit.line_input import LineInput


class AmountInput(LineInput):
    """An amount in cents; accepts ``1234,5``, ``1 234,50 €``, ``1234.5``; None when empty.

    ``negative`` allows amounts below zero.
    """

    def __init__(self, *, negative: bool = False, placeholder: str = "") -> None:
        super().__init__(40, right=True, placeholder=placeholder)
        self._negative = negative

    def value(self) -> int | None:
        try:
            cents = french.parse_amount(self.text())
        except french.Unreadable:
            return None
        return cents if cents >= 0 or self._negative else None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else french.amount(int(value), decimals=True))

    def problem(self) -> str:
        if not self.text():
            return ""
        try:
            cents = french.parse_amount(self.text())
        except french.Unreadable as unreadable:
            return str(unreadable)
        return "" if cents >= 0 or self._negative else "Indiquez un montant positif."

    def normalise(self) -> None:
        if (value := self.value()) is not None:
            self.set_value(value)


class DateInput(LineInput):
    """A day; accepts ``8/12/21``, ``08122021``, ``1er mars 2021``, ``+30``; None when empty.

    The button, F4 or Alt+Down open a calendar; Ctrl+; writes today.
    """

    def __init__(self, *, placeholder: str = "jj/mm/aaaa") -> None:
        super().__init__(30, placeholder=placeholder)
        self._popup: _Calendar | None = None
        action = QAction(icons.icon("calendar", "secondary"), "Choisir dans un calendrier", self)
        action.triggered.connect(lambda _checked=False: self.open_calendar())
        self.line.addAction(action, self.line.ActionPosition.TrailingPosition)
        self.line.setMinimumWidth(theme.px(116))  # a whole date and the calendar's sign

    def value(self) -> date | None:
        try:
            return french.parse_date(self.text())
        except french.Unreadable:
            return None

    def set_value(self, value: Any) -> None:
        self.line.setText(french.short_date(value))

    def problem(self) -> str:
        if not self.text():
            return ""
        try:
            french.parse_date(self.text())
        except french.Unreadable as unreadable:
            return str(unreadable)
        return ""

    def normalise(self) -> None:
        if (value := self.value()) is not None:
            self.set_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.open_calendar()
        elif control and event.key() == Qt.Key.Key_Semicolon:
            self.set_value(date.today())  # noqa: DTZ011 - the user's own calendar day
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Open the calendar below the field, on its day or today."""
        if self.line.isReadOnly():
            return
        if self._popup is None:
            self._popup = _Calendar(self)
        self._popup.open_at(self.value() or date.today(), self.mapToGlobal(QPoint(0, self.height() + 2)))  # noqa: DTZ011 - the user's own calendar day

    def calendar(self) -> QCalendarWidget | None:
        """Return the calendar once it was opened."""
        return self._popup.calendar if self._popup else None


class TimeInput(LineInput):
    """A time as ``14:30``, or nothing; accepts ``14h30``, ``14 h 30``, ``1430``, ``14.30``, ``9h``."""

    def __init__(self) -> None:
        super().__init__(20, placeholder="14:30")

    def value(self) -> str:
        try:
            return french.parse_time(self.text()) if self.text() else ""
        except french.Unreadable:
            return self.text()

    def set_value(self, value: Any) -> None:
        self.line.setText(value or "")

    def problem(self) -> str:
        try:
            self.text() and french.parse_time(self.text())
        except french.Unreadable as unreadable:
            return str(unreadable)
        return ""

    def normalise(self) -> None:
        self.set_value(self.value())


class _Calendar(QFrame):
    """A calendar that floats over the form and gives its day to the field."""

    def __init__(self, field: DateInput) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self._field = field
        self.setObjectName("panel")
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.French, QLocale.Country.France))
        self.calendar.setDateRange(QDate(1800, 1, 1), QDate(2200, 12, 31))  # the days that a field takes
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self._dress()
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.calendar)

    def _dress(self) -> None:
        """Week-ends are no errors: grey, not red; arrows in the palette's colours."""
        grey = QTextCharFormat()
        grey.setForeground(QColor(theme.current().secondary))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, grey)
        for name, sign in (("prev", "chevron-left"), ("next", "chevron-right")):
            button = self.calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:
                button.setIcon(icons.icon(sign))

    def open_at(self, day: date, where: QPoint) -> None:
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        screen = self._field.screen().availableGeometry()
        left = min(where.x(), screen.right() - self.width())
        above = where.y() + self.height() > screen.bottom()
        top = where.y() - self.height() - self._field.height() - 4 if above else where.y()
        self.move(max(left, screen.left()), max(top, screen.top()))
        self.show()
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self._field.set_value(date(day.year(), day.month(), day.day()))
        self.hide()
        self._field.line.setFocus()
