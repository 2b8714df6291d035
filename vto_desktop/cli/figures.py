"""Commands that print figures as JSON: amounts in cents, shares in percent."""

import argparse
from dataclasses import asdict
from typing import Any

from vto_desktop.cli.parsing import Commands, add_day, add_dossier, add_year, day_of, opened, show, year_of


def add(commands: Commands) -> None:
    """Declare the commands."""
    added = commands.add("summary", summary, "figures as JSON (cents, percent)", dossier=False)
    added.add_argument("which", choices=("finance", "membership", "dues", "board"))
    add_dossier(added)
    add_year(added)
    add_day(added)
    added.add_argument("--body", default="bureau", metavar="NAME", help="board: bureau, ca, ag or a name")


def summary(options: argparse.Namespace) -> None:
    """Print a summary as JSON."""
    from vto_desktop.services import composition, summaries
    from vto_desktop.services.dues_summary import dues_summary

    with opened(options.dossier) as dossier, dossier.read() as session:
        if options.which == "finance":
            show(_finance(summaries.finance(session, year_of(session, options.year))))
        elif options.which == "dues":
            show(_dues(dues_summary(session, year_of(session, options.year), on=day_of(options))))
        elif options.which == "board":
            body = composition.body_named(session, options.body)
            show(_board(options.body, summaries.body(session, body.id, day_of(options))))
        else:
            show(_membership(summaries.membership(session, day_of(options))))


def _share(part: int, whole: int) -> float | None:
    """Return a share in percent, to two decimals; none of nothing."""
    return round(part * 100 / whole, 2) if whole else None


def _finance(found: Any) -> dict[str, Any]:
    return {
        "year": found.year,
        "income_total": found.income_total,
        "expense_total": found.expense_total,
        "result": found.result,
        "sources": [
            {
                "path": list(source.path),
                "amount": source.amount,
                "share": _share(source.amount, found.income_total),
            }
            for source in found.sources
        ],
        "expenses": [
            {
                "account_class": figure.account_class,
                "label": figure.label,
                "amount": figure.amount,
                "share": _share(figure.amount, found.expense_total),
            }
            for figure in found.expenses
        ],
        "published": [
            {
                **asdict(figure),
                "value": figure.value / 100,
                "computed": None if figure.computed is None else figure.computed / 100,
            }
            for figure in found.published
        ],
        "sentence": found.sentence,
        "authority_sentence": found.authority_sentence,
        "expense_sentence": found.expense_sentence,
    }


def _membership(found: Any) -> dict[str, Any]:
    return {
        "date": found.on,
        "total": len(found.members),
        "by_kind": dict(found.by_kind),
        "by_college": dict(found.by_college),
        "by_departement": dict(found.by_departement),
        "members": [
            {
                "name": member.name,
                "kind": member.kind,
                "departement": member.departement,
                "representatives": [
                    {"name": each.name, "capacity": each.capacity, "rank": each.rank}
                    for each in member.representatives
                ],
            }
            for member in found.members
        ],
        "sentence": found.sentence,
    }


def _board(asked: str, found: Any) -> dict[str, Any]:
    return {
        "body": asked,
        "name": found.body,
        "date": found.on,
        "since": found.since_on,
        "mandates": [
            {
                "office": each.office,
                "person": each.person,
                "capacity": each.capacity,
                "member": each.member,
                "since": each.since,
                "rank": each.rank_text,
                "departement": each.departement,
            }
            for each in found.mandates
        ],
        "sentence": found.since,
    }


def _dues(found: Any) -> dict[str, Any]:
    return {
        "year": found.year,
        "date": found.on,
        "called_total": found.called_total,
        "received_total": found.received_total,
        "due_total": found.due_total,
        "overpaid_total": found.sums.overpaid,
        "to_call_total": found.sums.to_call,
        "rate": _share(found.sums.collected, found.called_total),
        "ageing": [
            {"label": each.label, "from_days": each.from_days, "count": each.count, "amount": each.amount}
            for each in found.ageing
        ],
        "years": [asdict(each) for each in found.years],
        "members": [asdict(each) for each in found.members],
        "sentence": found.sentence,
    }
