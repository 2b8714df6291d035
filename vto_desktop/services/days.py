"""Days as delays count them."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, last_day(year, month)))


def last_day(year: int, month: int) -> int:
    """Return the last day of a month: 28 to 31."""
    return monthrange(year, month)[1]
