"""What all tables share: integer ids, named constraints, money in cents, dates as ISO text."""

from datetime import date
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, Text, TypeDecorator, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from vto_desktop import french

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class CentsType(TypeDecorator[int]):
    """Money as integer cents: a float, a bool or a text is refused before it reaches the database."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        # SQLite's INTEGER holds 64 bits and STRICT tables know no other name; elsewhere it holds 32.
        return Integer() if dialect.name == "sqlite" else BigInteger()

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(value)  # a sum is a decimal on some servers

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if type(value) is not int:
            raise TypeError(f"cents must be int, not {type(value).__name__}")
        if abs(value) > french.AMOUNT_LIMIT:
            raise ValueError("amount out of bounds")
        return value


class DateType(TypeDecorator[date]):
    """A calendar day, kept as ISO text so that it sorts, reads and replays as it stands."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None or type(value) is str:
            return value
        if type(value) is not date:
            raise TypeError(f"a date must be datetime.date, not {type(value).__name__}")
        return value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class FlagType(TypeDecorator[bool]):
    """A yes or no, kept as 0 or 1 because STRICT tables know no boolean."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


Cents = Annotated[int, mapped_column(CentsType)]
Day = Annotated[date, mapped_column(DateType)]


class Base(DeclarativeBase):
    """A tracked table of a dossier: an integer ``id``, and a ``version`` to see two edits of one row."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {str: Text, bool: FlagType}
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012 - SQLAlchemy's declaration

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy's signature
        return {"version_id_col": cls.__dict__.get("version", cls.version)}


def strict(*items: SchemaItem) -> Any:
    """Return ``__table_args__`` of a STRICT table with these constraints and indexes."""
    return (*items, {"sqlite_strict": True})
