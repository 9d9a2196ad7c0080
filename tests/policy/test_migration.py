"""Versions from before get what their preset says, and lose nothing of theirs."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from policy.models import HistoryRow, PolicyVersion, Rule
from policy.presets import files, load_preset
from policy.rulebook import Rulebook
from schools.models import ApproverRole

pytestmark = pytest.mark.django_db

fill = import_module("policy.migrations.0005_fill_versions").fill


@pytest.fixture
def old() -> PolicyVersion:
    """Sovereign as it stood before: some rules, no terms, nobody named who confirms posts."""
    version = load_preset("sovereign")
    version.rules.exclude(key__in=["purpose", "alt_text"]).delete()
    version.rules.update(rows=[], shown=[], floor="", title="As it was")
    PolicyVersion.objects.filter(pk=version.pk).update(terms={}, words={}, floor_dated=None)
    ApproverRole.objects.all().delete()
    return version


def test_it_can_be_read_again(old):
    fill(apps, None)
    book = Rulebook.in_force()
    assert book.version == old
    assert book.terms.approver_roles
    assert book.words("offence") is not None


def test_missing_rules_are_added_and_those_that_are_there_keep_their_words(old):
    fill(apps, None)
    assert old.rules.count() == len(list(files.preset("sovereign").rows()))
    kept = old.rules.get(key="purpose")
    assert (kept.title, kept.rows, kept.floor) == ("As it was", ["R-074"], "Floor R-149")


def test_whoever_confirmed_posts_still_does(old):
    fill(apps, None)
    roles = set(ApproverRole.objects.values_list("role", flat=True))
    assert roles == {"head", "executive_head", "deputy"}


def test_twice_adds_nothing(old):
    fill(apps, None)
    before = (Rule.objects.count(), HistoryRow.objects.count(), ApproverRole.objects.count())
    fill(apps, None)
    after = (Rule.objects.count(), HistoryRow.objects.count(), ApproverRole.objects.count())
    assert before == after
