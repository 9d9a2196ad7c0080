"""A question that is worded once answers as Django does, and anew each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import DateField, IntegerField
from django.utils import timezone

from schools.models import StaffRole, User
from schools.statements import Statement, given

ROLES = Statement(
    lambda: (
        StaffRole.objects.in_force(given("day", DateField))
        .filter(school=given("school", IntegerField))
        .select_related("user", "granted_by")
        .with_confirms()
    )
)
NAMES = Statement(
    lambda: User.objects.filter(pk=given("user", IntegerField)).values_list("name", "joined_at")
)


def _told(trust: Any) -> dict[str, Any]:
    """Oak today, where Tessa teaches and Hana is the Head."""
    assert trust.tessa
    assert trust.hana
    return {"day": timezone.localdate(), "school": trust.oak.pk}


def _fields(one: Any) -> list[Any]:
    return [getattr(one, field.attname) for field in one._meta.concrete_fields]


def test_the_objects_are_those_django_makes(trust):
    ours = ROLES.objects(**_told(trust))
    theirs = StaffRole.objects.in_force().filter(school=trust.oak).with_confirms()
    assert [_fields(one) for one in ours] == [_fields(one) for one in theirs]
    assert [one.confirms for one in ours] == [one.confirms for one in theirs]
    assert {one.confirms for one in ours} == {True, False}


def test_whom_they_were_selected_with_needs_no_further_query(trust, django_assert_num_queries):
    told = _told(trust)
    ROLES.objects(**told)
    with django_assert_num_queries(1):
        found = ROLES.objects(**told)
        assert trust.hana.name in {one.user.name for one in found}
        assert {one.granted_by and one.granted_by.name for one in found}


def test_somebody_met_twice_is_one_object(trust):
    StaffRole.objects.create(user=trust.hana, school=trust.oak, role="dsl")
    hers = [one.user for one in ROLES.objects(**_told(trust)) if one.user == trust.hana]
    assert len(hers) == 2
    assert hers[0] is hers[1]


def test_values_are_those_django_reads(trust):
    [row] = NAMES.tuples(user=trust.tessa.pk)
    assert row == (trust.tessa.name, User.objects.get(pk=trust.tessa.pk).joined_at)


def test_every_asking_asks_the_database(trust):
    NAMES.tuples(user=trust.tessa.pk)
    User.objects.filter(pk=trust.tessa.pk).update(name="Tessa Marlow-Reid")
    assert NAMES.tuples(user=trust.tessa.pk)[0][0] == "Tessa Marlow-Reid"
    assert NAMES.tuples(user=trust.owen.pk)[0][0] == trust.owen.name


def test_a_value_that_was_not_told_is_an_error(trust):
    with pytest.raises(KeyError):
        NAMES.tuples()
