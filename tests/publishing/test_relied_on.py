"""Whom a post relied on is found by the person, and what went out before is carried over."""

from __future__ import annotations

from importlib import import_module
from unittest.mock import MagicMock

import pytest
from django.apps import apps

from publishing import sending
from publishing.models import ReliedOn

pytestmark = pytest.mark.django_db
CARRY = import_module("publishing.migrations.0010_whom_was_relied_on")


def rows(post):
    found = ReliedOn.objects.filter(delivery__post=post)
    return sorted(found.values_list("child", "adult"), key=str)


def test_each_person_stands_once_however_many_permissions_were_needed(trust):
    post = trust.published(children=[trust.amira, trust.tom])
    assert rows(post) == sorted([(trust.amira.pk, None), (trust.tom.pk, None)], key=str)


def test_what_was_sent_before_is_found_too(trust, monkeypatch):
    monkeypatch.setattr(sending, "ReliedOn", MagicMock())  # as it was sent until then
    post = trust.published(children=[trust.amira])
    assert rows(post) == []
    CARRY.from_snapshots(apps, None)
    assert rows(post) == [(trust.amira.pk, None)]
