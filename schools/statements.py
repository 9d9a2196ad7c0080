"""Questions that are asked of the database all the time: Django words each once.

Building a query and writing its SQL takes Django several times as long as the database takes to
answer it. Only the words are remembered here. Every asking asks the database and makes what it
answers anew, so nothing of an answer is ever kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Row = tuple[Any, ...]
# Everybody met while one answer is read, by class and key.
Met = dict[tuple[type[Model], object], Model]


class Given(Expression):
    """A place in a question for a value that is told when it is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """One placeholder, with this object where the value will be."""
        return "%s", [self]

    def value(self, values: Mapping[str, object]) -> Any:
        """What the database is handed in its place."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


def given(name: str, field: type[Field[Any, Any]]) -> Any:
    """For a queryset: `filter(post=given("post", IntegerField))`. Its value is never None."""
    return Given(name, field())


class Statement(Generic[M]):
    """A queryset with `given` values as a question. `select_related`, `annotate`, an order and a
    limit are as Django has them; what is prefetched is not."""

    def __init__(self, question: Callable[[], QuerySet[M, Any]]) -> None:
        self._question = question
        self._worded: dict[str, _Words] = {}

    def objects(self, **values: object) -> list[M]:
        """The objects Django would make of the answer; whoever is in it twice is one object. One
        query."""
        words = self._words
        met: Met = {}
        return [words.made(row, met) for row in words.asked(values)]

    def tuples(self, **values: object) -> list[Row]:
        """The same for a question with `values_list`. One query."""
        words = self._words
        return [words.read(row) for row in words.asked(values)]

    def rows(self, **values: object) -> list[Row]:
        """Rows as the database gives them. One query."""
        return self._words.asked(values)

    def made(self, row: Row) -> M:
        """The object of one of the `rows`."""
        found: M = self._words.made(row, {})
        return found

    @property
    def _words(self) -> _Words:
        # Two threads may find the words at once: they are the same.
        if connection.vendor not in self._worded:
            self._worded[connection.vendor] = _Words(self._question())
        return self._worded[connection.vendor]


class _Words:
    """A question as one kind of database is asked it, and how its answer is read."""

    def __init__(self, question: QuerySet[Any, Any]) -> None:
        compiler = question.query.get_compiler(connection=connection)
        self._sql, self._parameters = compiler.as_sql()
        self._columns = [column for column, _, _ in compiler.select or ()]
        self._readers = compiler.get_converters(self._columns)
        self._further = list((compiler.annotation_col_map or {}).items())
        self._told: Any = compiler.klass_info

    def asked(self, values: Mapping[str, object]) -> list[Row]:
        handed = [p.value(values) if isinstance(p, Given) else p for p in self._parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, handed)
            found: list[Row] = cursor.fetchall()
            return found

    @cached_property
    def _maker(self) -> _Maker:
        return _Maker(self._told, self._columns, self._readers)

    def made(self, row: Row, met: Met) -> Any:
        one = self._maker.make(row, met)
        for name, place in self._further:
            setattr(one, name, self._value(row, place))
        return one

    def read(self, row: Row) -> Row:
        if not self._readers:
            return tuple(row)
        return tuple(self._value(row, place) for place in range(len(row)))

    def _value(self, row: Row, place: int) -> Any:
        value = row[place]
        if place in self._readers:
            convert, column = self._readers[place]
            for one in convert:
                value = one(value, column, connection)
        return value


class _Maker:
    """Makes the objects of one model from its columns, and those it was selected with."""

    def __init__(
        self, told: dict[str, Any], columns: Sequence[Any], readers: Mapping[int, Any]
    ) -> None:
        self._model: type[Model] = told["model"]
        places = told["select_fields"]
        self._first, self._after = places[0], places[-1] + 1
        self._names = [c.target.attname for c in columns[self._first : self._after]]
        self._key = self._first + self._names.index(self._model._meta.pk.attname)
        self._read = [
            (place - self._first, *readers[place])
            for place in range(self._first, self._after)
            if place in readers
        ]
        self._related = [
            (_Maker(one, columns, readers), one["local_setter"], one["remote_setter"])
            for one in told.get("related_klass_infos", ())
        ]

    def make(self, row: Row, met: Met) -> Any:
        if row[self._key] is None:
            return None
        known = (self._model, row[self._key])
        if known in met:
            return met[known]
        values = list(row[self._first : self._after])
        for place, convert, column in self._read:
            for one in convert:
                values[place] = one(values[place], column, connection)
        met[known] = made = self._model.from_db(DEFAULT_DB_ALIAS, self._names, values)
        for maker, set_here, set_there in self._related:
            other = maker.make(row, met)
            set_here(made, other)
            if other is not None:
                set_there(other, made)
        return made
