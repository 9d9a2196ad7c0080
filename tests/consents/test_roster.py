"""Every change of a name, a class or the roll is noted, whoever makes it and however."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from consents import triggers
from consents.models import Child, RosterChange
from consents.roster import NOTHING_KNOWN, Version, changed_since

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 21)


def _version(trust) -> Version:
    return changed_since(NOTHING_KNOWN, trust.oak.pk, DAY)[0]


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


CHANGES: dict[str, Callable[[Child], object]] = {
    "saved": lambda child: (setattr(child, "first_name", "Amara"), child.save()),
    "one field": lambda child: (
        setattr(child, "nicknames", "Mimi"),
        child.save(update_fields=["nicknames"]),
    ),
    "bulk update": lambda child: Child.objects.filter(pk=child.pk).update(surname="Reed"),
    "class": lambda child: Child.objects.filter(pk=child.pk).update(form="9Z"),
    "leaving": lambda child: Child.objects.filter(pk=child.pk).update(left_on=DAY),
    "bulk create": lambda child: Child.objects.bulk_create(
        [Child(school_id=child.school_id, first_name="New", surname="Child")]
    ),
    "upsert": lambda child: Child.objects.bulk_create(
        [Child(pk=child.pk, school_id=child.school_id, first_name="Other", surname="Khan")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["first_name"],
    ),
    "deleted": lambda child: Child.objects.filter(pk=child.pk).delete(),
    "plain SQL": lambda child: _sql(
        "UPDATE consents_child SET preferred_first_name = %s WHERE id = %s", "Ami", child.pk
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_roster_is_another_version(trust, change):
    child = Child.objects.create(school=trust.oak, first_name="Amira", surname="Khan")
    before = _version(trust)
    CHANGES[change](child)
    assert _version(trust) != before


def test_what_is_no_part_of_a_name_changes_nothing(trust):
    child = Child.objects.create(school=trust.oak, first_name="Amira", surname="Khan")
    before = _version(trust)
    Child.objects.filter(pk=child.pk).update(decides="pupil", mis_id="9")
    child.refresh_from_db()
    child.save()
    assert _version(trust) == before


def test_a_pupil_who_moves_changes_both_schools(trust):
    child = Child.objects.create(school=trust.elm, first_name="Amira", surname="Khan")
    here, there = _version(trust), changed_since(NOTHING_KNOWN, trust.elm.pk, DAY)[0]
    Child.objects.filter(pk=child.pk).update(school=trust.oak)
    assert _version(trust) != here
    assert changed_since(NOTHING_KNOWN, trust.elm.pk, DAY)[0] != there


def test_another_school_is_not_troubled(trust):
    before = _version(trust)
    Child.objects.create(school=trust.elm, first_name="Amira", surname="Khan")
    assert _version(trust) == before


def test_a_change_taken_back_is_the_old_version_again(trust):
    child = Child.objects.create(school=trust.oak, first_name="Amira", surname="Khan")
    before = _version(trust)
    with transaction.atomic():
        Child.objects.filter(pk=child.pk).update(surname="Reed")
        assert _version(trust) != before
        transaction.set_rollback(True)
    assert _version(trust) == before


def test_many_changes_leave_one_row(trust):
    for number in range(5):
        Child.objects.create(school=trust.oak, first_name=f"Amira{number}", surname="Khan")
    assert RosterChange.objects.filter(school=trust.oak).count() == 1


def test_who_knows_the_version_is_handed_no_pupils(trust, django_assert_num_queries):
    Child.objects.create(school=trust.oak, first_name="Amira", surname="Khan", form="4M")
    version, rows = changed_since(NOTHING_KNOWN, trust.oak.pk, DAY)
    assert list((rows or {}).values()) == [("Amira", "Khan", "", "", "", "4M")]
    with django_assert_num_queries(1):
        assert changed_since(version, trust.oak.pk, DAY) == (version, None)


def test_an_emptied_roster_is_told_as_empty(trust):
    Child.objects.create(school=trust.oak, first_name="Amira", surname="Khan")
    version = _version(trust)
    Child.objects.filter(school=trust.oak).delete()
    assert changed_since(version, trust.oak.pk, DAY)[1] == {}


def test_who_has_left_by_the_day_is_not_on_it(trust):
    Child.objects.create(school=trust.oak, first_name="Amira", surname="Khan", left_on=DAY)
    assert changed_since(NOTHING_KNOWN, trust.oak.pk, DAY)[1] == {}


def test_the_triggers_are_put_back_after_a_migrate(trust):
    triggers.remove(connection)
    before = _version(trust)
    Child.objects.create(school=trust.oak, first_name="Amira", surname="Khan")
    assert _version(trust) == before
    triggers.install(connection)
    Child.objects.create(school=trust.oak, first_name="Tom", surname="Reed")
    assert _version(trust) != before
