"""Fiscal years, the chart of accounts (règlement ANC 2018-06, as data), actions, budgets and entries."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vto_desktop.model.base import Base, Cents, Day, strict
from vto_desktop.model.funding import Convention, FundingSource
from vto_desktop.model.governance import Meeting

TYPED = "saisie"  # the origin of an entry typed by a person


class Basis(StrEnum):
    """How a fiscal year is kept, which decides what counts as income; the value is what users read."""

    RECEIPTS = "En encaissements"
    ACCOUNTING = "En comptabilité"


class FiscalYear(Base):
    """A fiscal year, open or closed. ``chart`` names the version of its chart of accounts."""

    __tablename__ = "fiscal_year"

    year: Mapped[int] = mapped_column(unique=True)
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    basis: Mapped[str] = mapped_column(default=Basis.RECEIPTS.value)
    chart: Mapped[str] = mapped_column(default="2018")
    closed_on: Mapped[Day | None]
    notes: Mapped[str] = mapped_column(default="")


class Account(Base):
    """An account of one version of the chart; its class is the first figure of its code, or 86 and 87."""

    __tablename__ = "account"
    __table_args__ = strict(UniqueConstraint("chart", "code"))

    chart: Mapped[str]
    code: Mapped[str]
    label: Mapped[str]
    account_class: Mapped[int]


class FormLine(Base):
    """A line of a subsidy form (cerfa 12156 and 15059), whose grouping differs from the chart's."""

    __tablename__ = "form_line"
    __table_args__ = strict(UniqueConstraint("form", "code"))

    form: Mapped[str]  # version of the form: "12156"
    code: Mapped[str]  # "60", "60.1", "74.1", "86.860"…
    label: Mapped[str]
    side: Mapped[str]  # "charges" or "produits"
    position: Mapped[int] = mapped_column(default=0)


class FormMapping(Base):
    """Accounts whose code starts with ``prefix`` go to this form line; the longest prefix wins."""

    __tablename__ = "form_mapping"
    __table_args__ = strict(UniqueConstraint("chart", "prefix"))

    chart: Mapped[str]
    prefix: Mapped[str]
    form_line_id: Mapped[int] = mapped_column(ForeignKey("form_line.id"), index=True)

    form_line: Mapped[FormLine] = relationship()


class Action(Base):
    """A study, a mission, a training cycle: the analytic axis of budget and entries."""

    __tablename__ = "action"

    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    starts_on: Mapped[Day | None]
    ends_on: Mapped[Day | None]
    notes: Mapped[str] = mapped_column(default="")


class Budget(Base):
    """A voted version of a fiscal year's forecasts: initial, or modified."""

    __tablename__ = "budget"

    fiscal_year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_year.id"), index=True)
    name: Mapped[str]
    voted_on: Mapped[Day | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    notes: Mapped[str] = mapped_column(default="")

    fiscal_year: Mapped[FiscalYear] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    lines: Mapped[list["BudgetLine"]] = relationship(
        back_populates="budget", cascade="all, delete-orphan", order_by="BudgetLine.account_code"
    )


class BudgetLine(Base):
    """A forecast amount for account × action × funding source or convention. Cents, positive as forecast."""

    __tablename__ = "budget_line"

    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id", ondelete="CASCADE"), index=True)
    account_code: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    amount: Mapped[Cents]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    funding_source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_source.id"), index=True)
    convention_id: Mapped[int | None] = mapped_column(ForeignKey("convention.id"), index=True)
    notes: Mapped[str] = mapped_column(default="")

    budget: Mapped[Budget] = relationship(back_populates="lines")
    action: Mapped[Action | None] = relationship()
    funding_source: Mapped[FundingSource | None] = relationship()
    convention: Mapped[Convention | None] = relationship()


class Entry(Base):
    """An actual amount on an account of class 6, 7, 86 or 87. Cents, positive in the account's own sense."""

    __tablename__ = "entry"
    __table_args__ = strict(
        # Covers the sums by account and by source of a year, so that they read the index alone; ``origin``
        # because a year kept « En encaissements » counts as income only what was typed.
        Index("ix_entry_sums", "fiscal_year_id", "account_code", "funding_source_id", "origin", "amount"),
        Index("ix_entry_list", "fiscal_year_id", "entered_on"),
    )

    fiscal_year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_year.id"))
    entered_on: Mapped[Day]
    account_code: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    amount: Mapped[Cents]
    piece: Mapped[str] = mapped_column(default="")
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    funding_source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_source.id"), index=True)
    convention_id: Mapped[int | None] = mapped_column(ForeignKey("convention.id"), index=True)
    origin: Mapped[str] = mapped_column(default=TYPED)  # or the name of the import

    fiscal_year: Mapped[FiscalYear] = relationship()
    action: Mapped[Action | None] = relationship()
    funding_source: Mapped[FundingSource | None] = relationship()
    convention: Mapped[Convention | None] = relationship()


class PublishedFigure(Base):
    """A number the association has published, kept beside what the program computes and never replaced by it.

    ``value`` is in hundredths of ``unit``: 16 % is 1600, 12 € is 1200, 540 persons are 54000. ``measure``
    names what it measures, so that the computed figure can stand beside it (services.published).
    """

    __tablename__ = "published_figure"

    year: Mapped[int] = mapped_column(index=True)
    measure: Mapped[str] = mapped_column(default="")
    label: Mapped[str]
    value: Mapped[int]
    unit: Mapped[str] = mapped_column(default="%")
    source: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
