"""Where an actual amount stands in a budget: the line of the longest account prefix whose axes it shares.

Between equal prefixes the line with more axes wins. What finds no line is off budget (« hors budget »).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axes:
    """Where an amount stands: account, action, funding source, convention."""

    account_code: str
    action_id: int | None
    source_id: int | None
    convention_id: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A forecast with its axes. Cents."""

    line_id: int
    axes: Axes
    label: str
    amount: int


def place(lines: Sequence[Line], axes: Axes, above: Mapping[int | None, frozenset[int]]) -> Line | None:
    """Return the line an actual amount belongs to, or None when it is off budget.

    ``above`` gives a funding source with all its ancestors: a line for « État » takes « État › DREETS ».
    """
    fitting = [line for line in lines if _fits(line.axes, axes, above)]
    return max(fitting, key=_precision, default=None)


def _fits(line: Axes, actual: Axes, above: Mapping[int | None, frozenset[int]]) -> bool:
    return (
        actual.account_code.startswith(line.account_code)
        and line.convention_id in (None, actual.convention_id)
        and line.action_id in (None, actual.action_id)
        and (line.source_id is None or line.source_id in above.get(actual.source_id, frozenset()))
    )


def _precision(line: Line) -> tuple[int, int, int]:
    axes = line.axes
    named = sum(each is not None for each in (axes.convention_id, axes.action_id, axes.source_id))
    return len(axes.account_code), named, -line.line_id
