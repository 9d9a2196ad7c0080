"""A yes counts for what its own version asked, and nothing is inferred for what it did not ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consents.actions import Said, record_many
from consents.models import Kind, Way
from consents.wording import Document
from policy.models import Purpose
from posts.checks.run import check
from tests.consents.agreements.writing import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def adverts(trust) -> Purpose:
    """One more purpose of the policy, which versions published after it ask for."""
    return Purpose.objects.create(version=trust.policy, key="adverts", name="Adverts")


def says_yes(trust, agreement) -> None:
    record_many(
        said=[Said(trust.platform("news"), Kind.PHOTO, "yes")],
        child=trust.rose,
        giver=trust.mother(trust.rose),
        way=Way.PAPER,
        agreement=agreement,
        by=trust.connie,
    )


def refused(trust, purpose: Purpose) -> bool:
    """Does a post with Rose in it, for this purpose, lack her permission?"""
    post = trust.draft(children=[trust.rose])
    post.purpose = purpose
    post.save(update_fields=["purpose"])
    return any("Rose G. cannot be shown" in finding.message for finding in check(post).blockers)


def test_a_yes_counts_for_the_purposes_its_version_asked_for(trust):
    says_yes(trust, published(trust))
    assert not refused(trust, trust.achievement)


def test_it_does_not_count_for_a_purpose_that_was_not_asked(trust):
    agreement = published(trust)
    adverts = Purpose.objects.create(version=trust.policy, key="adverts", name="Adverts")
    says_yes(trust, agreement)
    assert refused(trust, adverts)
    assert not refused(trust, trust.achievement)


def test_a_yes_to_the_version_that_asks_counts_for_it(trust, adverts):
    says_yes(trust, published(trust))
    assert not refused(trust, adverts)


def test_an_answer_without_a_version_is_from_before_there_were_several(trust, adverts):
    without = published(trust)
    whole = Document.read(without.content)
    assert "adverts" in whole.purposes
    says_yes(trust, None)
    assert not refused(trust, adverts)


def test_a_version_that_no_longer_asks_takes_nothing_from_an_older_yes(trust, adverts):
    first = published(trust)
    says_yes(trust, first)
    document = Document.read(first.content)
    fewer = tuple(key for key in document.purposes if key != "adverts")
    published(trust, replace(document, purposes=fewer))
    assert not refused(trust, adverts)
