"""The agreement is written and read on pages, and an answer opens to the words it was given to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from consents import agreements
from consents.actions import Said, record_many
from consents.models import Agreement, Kind, Way
from tests.approvals.pages import words
from tests.consents.agreements.writing import document, draft, keep, polish, published

pytestmark = pytest.mark.django_db


def fields(page) -> dict[str, object]:
    """What the form on a page would send if nobody changed anything."""
    form = page.context["form"]
    return {bound.name: bound.value() for bound in form if bound.value() is not None}


def test_the_draft_is_begun_changed_and_published_on_pages(trust, signed_in):
    cara = signed_in(trust.cara)
    page = cara.post(reverse("consents:start_agreement"), follow=True)
    sent = fields(page) | {"title": "Our agreement", "asks_x": []}
    cara.post(reverse("consents:agreement_draft"), sent)
    assert ("x", "photo") not in document().asks
    cara.post(reverse("consents:publish_agreement"), {"revision": draft().revision})
    assert Agreement.objects.get().title == "Our agreement"


def test_words_are_changed_on_the_page_of_the_language(trust, signed_in):
    cara = signed_in(trust.cara)
    agreements.start(by=trust.cara)
    address = reverse("consents:agreement_language", args=["en"])
    cara.post(address, fields(cara.get(address)) | {"parts_fair": "No is fine."})
    assert document().wordings[0].parts["fair"] == "No is fine."


def test_a_language_is_added_and_says_what_it_still_needs(trust, signed_in):
    cara = signed_in(trust.cara)
    agreements.start(by=trust.cara)
    new = {"code": "ur", "name": "اردو", "direction": "rtl", "revision": draft().revision}
    cara.post(reverse("consents:add_language"), new)
    page = cara.get(reverse("consents:agreement_draft"))
    assert "اردو: “Why we ask” is empty." in words(page)
    assert "Approve and publish" not in words(page)


def test_on_a_page_that_was_overtaken_both_stand_and_a_second_press_keeps_mine(trust, signed_in):
    cara = signed_in(trust.cara)
    agreements.start(by=trust.cara)
    sent = fields(cara.get(reverse("consents:agreement_draft"))) | {"title": "Late"}
    keep(replace(document(), title="Early"), trust.cara)
    page = cara.post(reverse("consents:agreement_draft"), sent)
    assert "Somebody else has saved the draft meanwhile" in words(page)
    assert "The draft says now: Early" in words(page)
    assert document().title == "Early"
    cara.post(reverse("consents:agreement_draft"), fields(page))
    assert document().title == "Late"


@pytest.mark.parametrize("who", ["hana", "connie", "tessa"])
def test_the_draft_is_not_there_for_others(trust, signed_in, who):
    agreements.start(by=trust.cara)
    browser = signed_in(getattr(trust, who))
    assert browser.get(reverse("consents:agreement_draft")).status_code == 404
    assert browser.post(reverse("consents:start_agreement")).status_code == 404


def test_teachers_do_not_see_the_versions(trust, signed_in):
    assert signed_in(trust.tessa).get(reverse("consents:agreements")).status_code == 404


def test_a_version_is_found_by_its_number_and_fingerprint_together(trust, signed_in):
    made = published(trust)
    connie = signed_in(trust.connie)
    page = connie.get(reverse("consents:agreement", args=[made.pk, made.sha256]))
    assert "May we show a photo on Facebook?" in words(page)
    wrong = reverse("consents:agreement", args=[made.pk, "0" * 64])
    assert connie.get(wrong).status_code == 404


def test_r_145_an_answer_opens_to_the_words_of_its_language(trust, signed_in):
    agreements.start(by=trust.cara)
    whole = document()
    keep(replace(whole, wordings=(*whole.wordings, polish(whole.wordings[0]))), trust.cara)
    made = agreements.publish(revision=draft().revision, by=trust.cara)
    [decision] = record_many(
        said=[Said(trust.platform("facebook"), Kind.PHOTO, "yes")],
        child=trust.rose,
        giver=trust.mother(trust.rose),
        way=Way.PAPER,
        agreement=made,
        language="pl",
        by=trust.connie,
    )
    published(trust, replace(whole, title="A later one"))
    page = signed_in(trust.connie).get(reverse("consents:said", args=[trust.rose.pk, decision.pk]))
    assert "PL May we show a photo on Facebook?" in words(page)
    assert "version 1" in words(page)


def test_an_answer_of_another_school_is_not_found(trust, signed_in):
    trust.says(trust.leo, "yes", [trust.platform("news")])
    address = reverse("consents:said", args=[trust.leo.pk, trust.leo.decisions.get().pk])
    assert signed_in(trust.connie).get(address).status_code == 404


def test_the_child_page_leads_to_what_was_agreed(trust, signed_in):
    address = reverse("consents:said", args=[trust.tom.pk, trust.tom.decisions.get().pk])
    page = signed_in(trust.connie).get(reverse("consents:child", args=[trust.tom.pk]))
    assert address in page.content.decode()
