"""A version is published once it is whole, and never changes afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Event
from consents import agreements
from consents.errors import NotAllowed
from consents.models import Agreement, AgreementDraft
from consents.wording import REQUIRED, Document, Wording
from policy.models import Platform
from tests.approvals.pages import words
from tests.consents.agreements.writing import document, draft, keep, polish, published, without

pytestmark = pytest.mark.django_db


def test_the_version_that_ships_can_be_published_as_it_is(trust):
    made = published(trust)
    assert (made.number, made.published_by) == (1, trust.cara)
    assert agreements.in_force() == made


def test_it_names_the_trust_and_holds_both_other_forms(trust):
    english = Document.read(published(trust).content).wordings[0]
    assert "Two Trees Trust" in english.parts["organisation"]
    assert english.easy
    assert english.young


def test_it_asks_about_every_platform_of_the_policy(trust):
    asked = set(Document.read(published(trust).content).places())
    assert asked == set(Platform.objects.values_list("key", flat=True))


@pytest.mark.parametrize("part", REQUIRED)
def test_without_a_required_part_it_is_not_published(trust, part):
    agreements.start(by=trust.cara)
    whole = document()
    keep(replace(whole, wordings=(without(whole.wordings[0], part),)), trust.cara)
    with pytest.raises(NotAllowed, match="is empty"):
        agreements.publish(revision=draft().revision, by=trust.cara)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("missing", [{"asks": ()}, {"purposes": ()}, {"title": " "}])
def test_it_must_ask_something_for_something(trust, missing):
    agreements.start(by=trust.cara)
    keep(replace(document(), **missing), trust.cara)
    with pytest.raises(NotAllowed):
        agreements.publish(revision=draft().revision, by=trust.cara)


def test_a_language_that_is_not_whole_holds_the_version_back(trust):
    agreements.start(by=trust.cara)
    whole = document()
    empty = Wording("pl", "Polski")
    keep(replace(whole, wordings=(*whole.wordings, empty)), trust.cara)
    with pytest.raises(NotAllowed, match="Polski"):
        agreements.publish(revision=draft().revision, by=trust.cara)


def test_what_a_language_lacks_is_named_as_the_page_names_it(trust):
    agreements.start(by=trust.cara)
    whole = document()
    said = " ".join(agreements.may_publish(replace(whole, wordings=(Wording("pl", "Polski"),))))
    assert "Polski: it does not say yet what each of these is: News page," in said
    assert "sentences have no words yet, the first for “" in said


def test_a_language_that_is_whole_goes_with_it(trust):
    agreements.start(by=trust.cara)
    whole = document()
    keep(replace(whole, wordings=(*whole.wordings, polish(whole.wordings[0]))), trust.cara)
    made = agreements.publish(revision=draft().revision, by=trust.cara)
    assert Document.read(made.content).best("pl").say("yes") == "PL Yes"


def test_a_sentence_that_would_fill_in_something_strange_is_refused(trust):
    agreements.start(by=trust.cara)
    whole = document()
    english = whole.wordings[0]
    odd = replace(english, words={**english.words, "yes": "Yes {parent.email}{parent}"})
    keep(replace(whole, wordings=(odd,)), trust.cara)
    with pytest.raises(NotAllowed, match="has no place for"):
        agreements.publish(revision=draft().revision, by=trust.cara)


def test_a_sentence_that_lost_its_place_for_a_name_or_a_day_is_not_published(trust):
    agreements.start(by=trust.cara)
    english = document().wordings[0]
    words = {**english.words, "for_parent": "For you"}
    keep(replace(document(), wordings=(replace(english, words=words),)), trust.cara)
    with pytest.raises(NotAllowed, match=r"needs \{parent\} in it"):
        agreements.publish(revision=draft().revision, by=trust.cara)


def test_what_is_published_is_never_changed(trust):
    made = published(trust)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Agreement.objects.filter(pk=made.pk).update(text="Other words")


def test_its_fingerprint_covers_every_word(trust):
    made = published(trust)
    assert agreements.is_unchanged(made)
    made.content["wordings"][0]["words"]["no"] = "Maybe"
    assert not agreements.is_unchanged(made)


def test_a_second_version_begins_from_the_first(trust):
    first = published(trust)
    agreements.start(by=trust.cara)
    assert draft().content == first.content


def test_a_version_that_changes_nothing_is_not_made(trust):
    published(trust)
    agreements.start(by=trust.cara)
    with pytest.raises(NotAllowed, match="Nothing was changed"):
        agreements.publish(revision=draft().revision, by=trust.cara)


def test_a_version_can_begin_later(trust):
    first = published(trust)
    agreements.start(by=trust.cara)
    keep(replace(document(), title="The next one"), trust.cara)
    later = timezone.localdate() + timedelta(days=10)
    second = agreements.publish(revision=draft().revision, by=trust.cara, starts_on=later)
    assert agreements.in_force() == first
    assert agreements.in_force(later) == second


def test_a_day_that_is_over_is_refused_where_it_was_chosen(trust, signed_in):
    agreements.start(by=trust.cara)
    yesterday = timezone.localdate() - timedelta(days=1)
    form = {"revision": draft().revision, "starts_on": yesterday.isoformat()}
    page = signed_in(trust.cara).post("/children/agreements/draft/publish/", form, follow=True)
    assert "That day is over. Pick today or later." in words(page)
    assert not Agreement.objects.exists()


def test_a_new_platform_is_not_asked_by_the_version_before_it(trust):
    made = published(trust)
    Platform.objects.create(key="new", name="Newbook", letter="N", what_it_is="A new place.")
    assert agreements.not_asked_by(Document.read(made.content)) == ["Newbook"]


def test_two_who_write_at_once_never_lose_each_others_words(trust):
    agreements.start(by=trust.cara)
    seen = draft().revision
    keep(replace(document(), title="First"), trust.cara)
    with pytest.raises(NotAllowed, match="Somebody else"):
        agreements.save(document=document(), revision=seen, by=trust.cara)
    assert document().title == "First"


def test_there_is_one_draft(trust):
    agreements.start(by=trust.cara)
    with pytest.raises(NotAllowed, match="already"):
        agreements.start(by=trust.cara)


def test_whoever_runs_a_school_does_not_write_the_trusts_agreement(trust):
    with pytest.raises(NotAllowed):
        agreements.start(by=trust.hana)
    assert not AgreementDraft.objects.exists()


def test_every_step_is_history(trust):
    published(trust)
    agreements.start(by=trust.cara)
    keep(replace(document(), title="Another"), trust.cara)
    agreements.discard(by=trust.cara)
    verbs = Event.objects.filter(verb__startswith="agreement").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == [
        "agreement.started",
        "agreement.published",
        "agreement.started",
        "agreement.saved",
        "agreement.discarded",
    ]
