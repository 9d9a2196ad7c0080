"""What was answered before there was a version: the first one published gives it an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from consents import agreements, undone
from consents.endings import last_day
from consents.first_version import touched
from consents.models import ConsentDecision, Way
from consents.scans import checked, keeping
from consents.wording import Document, Ends, Rule
from tests.approvals.pages import words
from tests.consents.agreements.writing import keep, published
from tests.consents.asking import may

pytestmark = pytest.mark.django_db
YEAR = Ends(Rule.YEARS, years=1)


@pytest.fixture
def yearly(trust) -> Document:
    """A version whose yes lasts a year, not published yet."""
    return replace(agreements.starting_document("Two Trees Trust"), ends=YEAR)


@pytest.fixture
def old(trust) -> ConsentDecision:
    """Rose’s mother said yes two years ago, when nothing was asked in writing."""
    given = timezone.now() - timedelta(days=730)
    trust.says(trust.rose, "yes", [trust.platform("news")], given_at=given)
    return trust.rose.decisions.get()


def test_the_first_version_ends_what_was_answered_before(trust, yearly):
    trust.says(trust.rose, "yes", [trust.platform("news")])
    published(trust, yearly)
    end = last_day(yearly, trust.rose, timezone.localdate())
    assert may(trust.rose, on=end)
    assert not may(trust.rose, on=end + timedelta(days=1))


def test_it_counts_from_the_day_it_was_given(trust, yearly, old):
    assert may(trust.rose)
    published(trust, yearly)
    assert not may(trust.rose)


def test_history_stays_as_it_was_and_the_yes_is_said_once_more(trust, yearly, old):
    published(trust, yearly)
    before, again = trust.rose.decisions.order_by("pk")
    assert (before.pk, before.until) == (old.pk, None)
    assert (again.giver, again.given_at, again.way) == (old.giver, old.given_at, old.way)
    assert again.until == last_day(yearly, trust.rose, timezone.localdate(old.given_at))
    assert "as version 1 says" in again.evidence
    assert Event.objects.get(verb="agreement.published").facts["ended"] == 1


@pytest.mark.parametrize("answer", ["no", "withdrawn", "unclear"])
def test_nothing_but_a_yes_is_touched(trust, yearly, answer):
    trust.says(trust.rose, answer, [trust.platform("news")])
    published(trust, yearly)
    assert trust.rose.decisions.count() == 1


def test_a_yes_taken_back_since_stays_taken_back(trust, yearly, old):
    trust.says(trust.rose, "withdrawn", [trust.platform("news")])
    published(trust, yearly)
    assert trust.rose.decisions.count() == 2


def test_a_yes_that_ends_sooner_anyway_is_left_alone(trust, yearly):
    soon = timezone.localdate() + timedelta(days=9)
    trust.says(trust.rose, "yes", [trust.platform("news")], until=soon)
    published(trust, yearly)
    assert trust.rose.decisions.get().until == soon


def test_the_next_version_touches_nothing_any_more(trust, yearly, old):
    first = published(trust, yearly)
    published(trust, replace(Document.read(first.content), ends=Ends(Rule.YEARS, years=2)))
    assert trust.rose.decisions.count() == 2


def test_undoing_the_file_that_brought_it_takes_both_back(trust, yearly, old):
    """The real answers are looked for where an older form is written down after the undoing."""
    first, again = old, ConsentDecision(pk=2, source_import_id=7)
    first.source_import_id = 7
    back = ConsentDecision(pk=3, answer="undone", way=Way.IMPORT, source_import_id=7, undoes_id=2)
    assert undone.real([first, again, back]) == []
    assert undone.real([first, again]) == [first, again]


def test_the_publishing_page_says_how_many_answers_it_touches(trust, yearly, old, signed_in):
    trust.says(trust.rose, "yes", [trust.platform("facebook")])
    agreements.start(by=trust.cara)
    keep(yearly, trust.cara)
    page = words(signed_in(trust.cara).get("/children/agreements/draft/"))
    assert "2 yeses note no version" in page
    assert "By that, 1 has ended already: ask again." in page


def test_once_a_version_is_published_there_is_nothing_to_say(trust, yearly, old):
    published(trust, yearly)
    assert touched(yearly).number == 0


def test_r_145_the_yes_said_once_more_keeps_its_scan_and_its_note(trust, yearly):
    data = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    note = "n" * 300
    with keeping(checked(data), school=trust.oak, by=trust.connie) as scan:
        news = [trust.platform("news")]
        trust.says(trust.rose, "yes", news, scan=scan, evidence=note)
    published(trust, yearly)
    before, again = trust.rose.decisions.order_by("pk")
    assert again.scan == before.scan == scan
    assert again.evidence == note
