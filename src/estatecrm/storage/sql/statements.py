"""Statements built once with SQLAlchemy Core, compiled once for a database, and run on its driver as text."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import repeat
from typing import Any, Final, TypeAlias

from attrs import field, frozen
from sqlalchemy import ColumnElement, Dialect, Insert, Select, Table, bindparam, insert
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.sql import ClauseElement

Parameter: TypeAlias = str | int | None
Row: TypeAlias = tuple[Parameter, ...]

_SIZES: Final = (1, 8, 64, 512)
_PART: Final = 500
_PART_COPIED: Final = 5_000


@frozen
class Copying:
    """How PostgreSQL takes many rows of an INSERT at once."""

    table: str
    columns: str
    types: tuple[str, ...]
    passes_over: bool
    """Whether a row whose primary key is there already is passed over, and is no error."""


@frozen
class Statement:
    """The text of a statement for one driver; its parameters are passed by place."""

    sql: str
    copying: Copying | None = None

    @property
    def part(self) -> int:
        """How many rows to give it at a time."""
        return _PART if self.copying is None else _PART_COPIED


@frozen
class ListStatement:
    """A statement over a list of any length, compiled for a few lengths; a shorter list repeats its last item."""

    _build: Callable[[int], Statement]
    _compiled: dict[int, Statement] = field(factory=dict, init=False)

    def runs(self, items: Sequence[str]) -> Iterator[tuple[Statement, Sequence[str]]]:
        """The statements to run for *items*, each with its parameters."""
        for start in range(0, len(items), _SIZES[-1]):
            part = items[start : start + _SIZES[-1]]
            size = next(size for size in _SIZES if size >= len(part))
            if size not in self._compiled:
                self._compiled[size] = self._build(size)
            yield self._compiled[size], [*part, *repeat(part[-1], size - len(part))]


@frozen
class Compiler:
    """Turns Core statements into text for one dialect."""

    dialect: Dialect

    def statement(self, built: ClauseElement, *names: str) -> Statement:
        """
        The text of *built*, whose parameters come in the order of *names*.

        The order is checked here, once, so that running it needs no mapping.
        """
        compiled = built.compile(dialect=self.dialect, compile_kwargs={"render_postcompile": True})
        found = tuple(getattr(compiled, "positiontup", None) or ())
        if found != names:
            raise AssertionError(f"the statement takes {found}, not {names}: {compiled}")
        return Statement(str(compiled))

    def over_list(self, query: Select[*tuple[Any, ...]], column: ColumnElement[str]) -> ListStatement:
        """*query* for the rows whose *column* is in a list, in the order of *column*."""

        def build(size: int) -> Statement:
            names = [f"item_{number}" for number in range(size)]
            among = column.in_([bindparam(name) for name in names])
            return self.statement(query.where(among).order_by(column), *names)

        return ListStatement(build)

    def adding(self, table: Table, *names: str) -> Statement:
        """An INSERT of the columns *names*."""
        return self._adding(insert(table).values(_placed(names)), table, names, passes_over=False)

    def adding_new(self, table: Table, *names: str) -> Statement:
        """An INSERT that passes over a row whose primary key is there already."""
        return self._adding(self._insert_new(table, _placed(names)), table, names, passes_over=True)

    def _adding(self, built: Insert, table: Table, names: Collection[str], *, passes_over: bool) -> Statement:
        text = self.statement(built, *names)
        if self.dialect.name != "postgresql":
            return text
        quote = self.dialect.identifier_preparer
        types = tuple("int8" if table.c[name].type.python_type is int else "text" for name in names)
        columns = ", ".join(quote.quote(name) for name in names)
        return Statement(text.sql, Copying(quote.format_table(table), columns, types, passes_over))

    def _insert_new(self, table: Table, values: dict[str, object]) -> Insert:
        if self.dialect.name == "sqlite":
            return sqlite.insert(table).values(values).on_conflict_do_nothing()
        if self.dialect.name == "postgresql":
            return postgresql.insert(table).values(values).on_conflict_do_nothing()
        # Not ON DUPLICATE KEY UPDATE: a host that lends its connection counts rows found, and would count what was
        # passed over. What else IGNORE ignores, a text too long or none at all, is refused before it comes here.
        return mysql.insert(table).values(values).prefix_with("IGNORE")


def _placed(names: Collection[str]) -> dict[str, object]:
    # No literal among the values: PyMySQL sends many rows at once only where each is a parameter.
    return {name: bindparam(name) for name in names}
