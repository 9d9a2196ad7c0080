"""The names kept in memory are those of the roster as it stands (never a pupil unknown or gone)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consents.models import Child
from posts.checks import registers
from posts.checks.registers import register_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    registers.forget()
    yield
    registers.forget()


def _child(school, first: str, **more) -> Child:
    return Child.objects.create(school=school, first_name=first, surname="Khan", **more)


def test_the_index_is_built_once(trust):
    _child(trust.oak, "Amira")
    today = timezone.localdate()
    assert register_of(trust.oak.pk, today) is register_of(trust.oak.pk, today)


def test_somebody_admitted_a_moment_ago_is_known(trust):
    today = timezone.localdate()
    register_of(trust.oak.pk, today)
    new = _child(trust.oak, "Ife")
    assert new.pk in register_of(trust.oak.pk, today).rows
    assert register_of(trust.oak.pk, today).names.firsts["ife"] == {new.pk}


def test_a_name_changed_in_bulk_is_known(trust):
    child, today = _child(trust.oak, "Amira"), timezone.localdate()
    register_of(trust.oak.pk, today)
    Child.objects.filter(pk=child.pk).update(nicknames="Mimi, Mims")
    assert {"mimi", "mims"} <= register_of(trust.oak.pk, today).names.firsts.keys()


def test_a_leaver_goes_at_midnight_without_any_change(trust):
    today = timezone.localdate()
    child = _child(trust.oak, "Amira", left_on=today + timedelta(days=1))
    assert child.pk in register_of(trust.oak.pk, today).rows
    assert child.pk not in register_of(trust.oak.pk, today + timedelta(days=1)).rows


def test_it_is_always_one_query(trust):
    for first in ("Amira", "Tom"):
        _child(trust.oak, first)
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                register_of(trust.oak.pk, timezone.localdate())
            assert len(asked) == 1


def test_a_school_never_reads_the_names_of_another(trust):
    child = _child(trust.elm, "Amira")
    assert child.pk not in register_of(trust.oak.pk, timezone.localdate()).rows


def test_what_is_kept_is_bounded(trust, monkeypatch):
    monkeypatch.setattr(registers, "MOST_KEPT", 1)
    today = timezone.localdate()
    _child(trust.oak, "Amira")
    _child(trust.elm, "Tom")
    oak = register_of(trust.oak.pk, today)
    register_of(trust.elm.pk, today)
    assert register_of(trust.oak.pk, today) is not oak
    assert register_of(trust.oak.pk, today).rows == oak.rows
