"""A hold has a day to be looked at again; who sees holds is reminded, and is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from consents import holding
from consents.actions import lift_hold, set_hold
from consents.errors import NotAllowed
from consents.models import Hold
from schools.models import Notice
from tests.approvals.pages import words

pytestmark = pytest.mark.django_db
ADDRESS = "/children/holds/"


def today():
    return timezone.localdate()


@pytest.fixture
def hold(trust) -> Hold:
    """Robin is under a hold that Dot set."""
    robin = trust.child("Robin", "Vale")
    return set_hold(child=robin, kind="protected", by=trust.dot)


def make_due(hold: Hold) -> None:
    Hold.objects.filter(pk=hold.pk).update(review_on=today())


def reminders():
    return Notice.objects.filter(subject__startswith="Look again at")


# ── the day ──────────────────────────────────────────────────────────────────────────────────────
def test_without_a_day_it_is_looked_at_again_in_a_term(hold):
    assert hold.review_on == today() + timedelta(weeks=12)


def test_the_form_asks_for_a_day_that_comes(trust, signed_in, hold):
    address = f"{ADDRESS}{hold.child_id}/set/"
    form = {"kind": "safeguarding", "review_on": today().isoformat()}
    assert "Choose a day after today" in words(signed_in(trust.dot).post(address, form))
    assert hold.child.holds.count() == 1


# ── looking again ────────────────────────────────────────────────────────────────────────────────
def test_looking_again_moves_the_day_and_is_written_down(trust, signed_in, hold):
    make_due(hold)
    until = today() + timedelta(days=30)
    client = signed_in(trust.dot)
    client.post(f"{ADDRESS}{hold.pk}/review/", {"review_on": until.isoformat()})
    hold.refresh_from_db()
    event = Event.objects.get(verb="hold.reviewed")
    assert hold.review_on == until
    assert (event.actor_id, event.facts["due"]) == (trust.dot.pk, today().isoformat())


def test_a_day_that_is_over_changes_nothing(trust, hold):
    with pytest.raises(NotAllowed):
        holding.review_hold(hold=hold, by=trust.dot, review_on=today())


def test_a_lifted_hold_is_not_looked_at_again(trust, hold):
    lift_hold(hold=hold, by=trust.dot)
    with pytest.raises(NotAllowed):
        holding.review_hold(hold=hold, by=trust.dot, review_on=today() + timedelta(days=9))


@pytest.mark.parametrize("who", ["connie", "hana", "tessa"])
def test_nobody_else_says_that_it_stays(trust, hold, who):
    with pytest.raises(NotAllowed):
        holding.review_hold(
            hold=hold, by=getattr(trust, who), review_on=today() + timedelta(days=9)
        )


def test_what_is_due_stands_first(trust, signed_in, hold):
    other = set_hold(child=trust.child("Zoe", "Young"), kind="care", by=trust.dot)
    make_due(other)
    page = words(signed_in(trust.dot).get(ADDRESS))
    assert "1 hold is to be looked at again." in page
    assert page.index("Zoe Young") < page.index("Robin Vale")


# ── reminding ────────────────────────────────────────────────────────────────────────────────────
def test_the_leads_of_the_school_are_reminded_and_nobody_else(trust, hold):
    assert trust.connie
    assert trust.hana
    make_due(hold)
    holding.remind_of_reviews()
    assert [notice.user for notice in reminders()] == [trust.dot]


def test_the_reminder_names_no_pupil_and_leads_to_the_list(hold):
    make_due(hold)
    holding.remind_of_reviews()
    notice = reminders().get()
    assert notice.subject == "Look again at 1 hold at Oak"
    assert "Robin" not in notice.body
    assert notice.path == ADDRESS


def test_a_second_worker_reminds_nobody_again(hold):
    make_due(hold)
    assert [holding.remind_of_reviews(), holding.remind_of_reviews()] == [1, 0]
    assert reminders().count() == 1


def test_after_a_week_they_are_reminded_once_more(hold):
    make_due(hold)
    holding.remind_of_reviews()
    holding.remind_of_reviews(at=timezone.now() + timedelta(days=7, minutes=1))
    assert reminders().count() == 2


def test_what_is_not_due_or_lifted_reminds_nobody(trust, hold):
    holding.remind_of_reviews()
    make_due(hold)
    lift_hold(hold=hold, by=trust.dot)
    holding.remind_of_reviews()
    assert not reminders().exists()


# ── who looked ───────────────────────────────────────────────────────────────────────────────────
def looks() -> list[Event]:
    return list(Event.objects.filter(verb="hold.looked_at"))


def test_opening_the_list_is_written_down_with_what_was_on_it(trust, signed_in, hold):
    signed_in(trust.dot).get(ADDRESS)
    assert looks()[0].facts["holds"] == [hold.pk]


def test_opening_the_pupils_page_is_written_down_where_it_tells_of_a_hold(trust, signed_in, hold):
    signed_in(trust.dot).get(f"/children/{hold.child_id}/")
    [event] = looks()
    assert (event.subject_id, event.actor_id) == (hold.pk, trust.dot.pk)


def test_opening_it_tells_others_nothing_and_leaves_no_line(trust, signed_in, hold):
    signed_in(trust.connie).get(f"/children/{hold.child_id}/")
    assert looks() == []
