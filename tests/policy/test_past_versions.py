"""Each version keeps a page: what it said, when it counted, what it changed (R-002, R-005)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Event
from policy import life, writing
from policy.comparing import changes
from policy.models import PolicyVersion
from policy.past import spans, spans_of
from policy.presets import load_preset
from schools.roles import Role
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def successor(trust) -> PolicyVersion:
    """Sovereign 6.0, which came into force after 5.0: the devices are free, the card says more."""
    celia = trust.person("Celia Chief", Role.CEO, None)
    version = writing.start(by=trust.cara)
    writing.change(version=version, by=trust.cara, notes="Clearer words on devices")
    writing.change_terms(
        version=version,
        by=trust.cara,
        device_rule="record_only",
        guidance=[*version.terms["guidance"], "Smile."],
    )
    rule = version.rules.get(key="negative_words")
    writing.change_rule(rule=rule, by=trust.cara, on=False)
    strict = version.rules.get(key="name_maybe")
    writing.change_rule(rule=strict, by=trust.cara, mode="block")
    version = PolicyVersion.objects.get(pk=version.pk)
    life.sign_off(version=version, by=celia)
    today = timezone.localdate()
    life.note_formality(
        version=version, kind="board_minute", by=trust.cara, on=today, reference="Minute 7"
    )
    life.announce(version=version, on=today + timedelta(days=40), by=trust.cara)
    life.activate_due(at=timezone.now() + timedelta(days=41))
    return PolicyVersion.objects.get(pk=version.pk)


def page(version: PolicyVersion) -> str:
    answer = Client().get(f"/policy/versions/{version.pk}/")
    assert answer.status_code == 200
    return words(answer)


def test_r_002_anybody_reads_what_an_earlier_version_said(trust, successor):
    said = page(trust.policy)
    assert "This version no longer counts" in said
    assert trust.policy.rules.get(key="device_approved").text in said


def test_r_005_the_history_leads_to_each_version_that_was_kept(trust, successor):
    public = Client().get("/policy/").content.decode()
    kept = re.findall(r'href="/policy/versions/(\d+)/"', public)
    assert {int(pk) for pk in kept} == {trust.policy.pk, successor.pk}


def test_it_says_from_when_until_when_it_counted(trust, successor):
    first, second = spans()
    assert (first.version, second.version) == (trust.policy.pk, successor.pk)
    assert first.until == second.since
    assert second.until is None


def test_a_version_that_counted_twice_says_both(trust):
    load_preset("champion")
    load_preset("sovereign")
    assert len(spans_of(trust.policy, spans())) == 2
    assert [span.until is None for span in spans_of(trust.policy, spans())] == [False, True]


def test_a_version_older_than_the_events_is_taken_at_its_word(trust, monkeypatch):
    monkeypatch.setattr("policy.past.VERB", "policy.never")
    [span] = spans_of(trust.policy, spans())
    assert (span.since, span.until) == (trust.policy.in_force_since, None)
    assert Event.objects.filter(verb="policy.in_force").exists()


@pytest.mark.parametrize(
    "said",
    [
        "It is now “Any, and its kind is noted”. It was “The trust’s own and approved ones”.",
        "New: Smile. 6 as before.",
        "This may not sound positive: in use It is no longer in use.",
        "Stricter: it stops the post. Before, it asks for an answer.",
    ],
)
def test_each_change_is_said_in_words(trust, successor, said):
    assert said in page(successor)


def test_nobody_reads_a_version_that_was_never_in_force(trust):
    draft = writing.start(by=trust.cara)
    assert Client().get(f"/policy/versions/{draft.pk}/").status_code == 404


def test_its_page_names_nobody(trust, successor):
    for name in ("Celia", "Cara", "Minute 7"):
        assert name not in page(successor)


def test_its_owner_reads_who_stands_behind_it(trust, signed_in, successor):
    said = words(signed_in(trust.cara).get(f"/policy/versions/{successor.pk}/record/"))
    for part in ("Celia Chief, Chief Executive", "Minute 7", "In force"):
        assert part in said


def test_nobody_else_reads_who_stands_behind_it(trust, signed_in, successor):
    address = f"/policy/versions/{successor.pk}/record/"
    assert signed_in(trust.hana).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_desk_leads_to_every_version(trust, signed_in, successor):
    desk = signed_in(trust.cara).get("/policy/desk/").content.decode()
    for version in (trust.policy, successor):
        assert f"/policy/versions/{version.pk}/record/" in desk


def test_words_of_a_list_are_never_taken_for_keys(trust):
    version = writing.start(by=trust.cara)
    lists = {"offence": [*version.words["offence"], "head"]}
    writing.change_words(version=version, by=trust.cara, **lists)
    [change] = changes(trust.policy, PolicyVersion.objects.get(pk=version.pk))
    assert change.after == "head"
