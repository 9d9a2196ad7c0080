"""History that was changed, thinned or cut off is noticed."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from audit import triggers
from audit.actions import record, seal
from audit.models import Event, Seal
from audit.rules import verify
from schools.models import Notice
from schools.roles import Role
from schools.witness import witness

pytestmark = pytest.mark.django_db


@contextmanager
def owner_of_the_tables():
    """Somebody who can take the triggers away, and puts them back."""
    tables = [m._meta.db_table for m in triggers.append_only_models()]
    triggers.remove(connection, tables)
    yield
    triggers.install(connection, tables)


@pytest.fixture
def history(trust):
    """Ten sealed events."""
    for number in range(10):
        record("test.happened", trust.oak, by=None, number=number)
    seal()
    return trust


def cut_off(count: int) -> None:
    """The last seals and their events are gone."""
    last = list(Seal.objects.order_by("-position")[:count])
    with owner_of_the_tables():
        Seal.objects.filter(pk__in=[s.pk for s in last]).delete()
        Event.objects.filter(pk__in=[s.event_id for s in last]).delete()


def verified(**options) -> str:
    said = io.StringIO()
    call_command("verify_audit", stdout=said, stderr=said, **options)
    return said.getvalue()


def test_untouched_history_is_whole(history):
    assert verify().whole


def test_a_changed_event_is_noticed(history):
    with owner_of_the_tables():
        Event.objects.filter(facts__number=4).update(facts={"number": 5})
    assert "is not what was sealed" in verify().problems[0]


def test_a_removed_event_is_noticed(history):
    gone = Seal.objects.get(event__facts__number=4)
    with owner_of_the_tables():
        gone.delete()
        gone.event.delete()
    assert "jumps" in verify().problems[0]


def test_a_cut_off_end_is_noticed_by_a_head_noted_before(history):
    head = verify().head
    cut_off(5)
    with pytest.raises(CommandError, match="tampered"):
        verified(head=head)


def test_also_when_history_went_on_afterwards(history):
    head = verify().head
    cut_off(5)
    record("test.happened", history.oak, by=None, number=11)
    seal()
    assert "never had the head" in verify(noted=head).problems[-1]


def test_a_head_noted_before_is_found_when_history_only_grew(history):
    head = verify().head
    record("test.happened", history.oak, by=None, number=11)
    seal()
    assert verify(noted=head).whole


def test_without_a_noted_head_the_numbers_given_out_speak_of_a_cut_off_end(history):
    cut_off(5)
    verdict = verify()
    said = verdict.problems if connection.vendor == "sqlite" else verdict.remarks
    assert "were given out" in said[-1]


def test_an_action_that_was_undone_is_no_cut(history):
    with transaction.atomic():
        record("test.happened", history.oak, by=None)
        transaction.set_rollback(True)
    assert verify().whole


def test_the_command_prints_how_many_the_last_and_the_head(history):
    last = Seal.objects.latest("position")
    said = verified()
    assert f"{last.position} events sealed" in said
    assert f"Last event {last.event_id}. Head {last.digest}" in said


# ── the head leaves the database ─────────────────────────────────────────────────────────────────
def mailed() -> list[Notice]:
    return list(Notice.objects.filter(subject__contains="receipt").order_by("user__name"))


def test_each_week_the_head_is_mailed_to_who_reads_the_audit_trail(history):
    history.person("Dina Data", Role.DPO, None)
    assert history.cara
    assert history.hana
    seal()
    now = timezone.now()
    for days in (0, 1, 6):
        witness(at=now + timedelta(days=days))
    assert [n.user.name for n in mailed()] == ["Cara Lindqvist", "Dina Data"]
    assert all(verify().head in n.body for n in mailed())
    witness(at=now + timedelta(days=7))
    assert len(mailed()) == 4


def test_the_mail_begins_with_what_it_asks_of_its_reader(history):
    assert history.cara
    seal()
    witness()
    [receipt] = mailed()
    assert receipt.body.startswith("There is nothing to do. Please keep this mail")
    assert receipt.path == "/notices/"


def test_each_day_the_head_is_logged_with_nothing_withheld(history):
    caught = io.StringIO()
    ours = next(h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler)
    before = ours.setStream(caught)
    now = timezone.now()
    for hours in (0, 1, 23, 25):
        witness(at=now + timedelta(hours=hours))
    if before is not None:
        ours.setStream(before)
    lines = [line for line in caught.getvalue().splitlines() if "audit.head" in line]
    assert len(lines) == 2
    assert f"digest={verify().head}" in lines[0]


def test_before_anything_happened_there_is_no_head(db):
    witness()
    assert mailed() == []
