"""Which automatic backups are worth keeping as time goes by."""

from collections.abc import Sequence
from datetime import datetime, timedelta

LATEST = 10
DAYS, WEEKS, MONTHS = 14, 8, 24


def kept(times: Sequence[datetime], now: datetime) -> set[datetime]:
    """Return the times to keep: the latest ten, then the last of each day, week and month for a while.

    Fourteen days, eight weeks, twenty-four months. What a clock dated in the future is kept.
    """
    newest_first = sorted(times, reverse=True)
    keep = set(newest_first[:LATEST]) | {at for at in newest_first if at > now}
    for span, period in (
        (timedelta(days=DAYS), "%Y-%j"),
        (timedelta(weeks=WEEKS), "%G-%V"),
        (timedelta(days=31 * MONTHS), "%Y-%m"),
    ):
        seen: set[str] = set()
        for at in newest_first:
            name = at.strftime(period)
            if now - at <= span and name not in seen:
                seen.add(name)
                keep.add(at)
    return keep
