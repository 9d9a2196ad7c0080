"""Staff need a parent's answer: the office's list, who is told, and how a line leaves it."""

from __future__ import annotations

import pytest

from audit.models import Event
from consents.actions import lift_hold, set_hold
from consents.asking import ask_parents, close_ask
from consents.errors import NotAllowed
from consents.models import Ask, Child, Kind
from posts import mends
from schools.models import Notice
from tests.cast import Trusty

pytestmark = pytest.mark.django_db


def asks(trust: Trusty, *children: Child, key: str = "facebook", kind: str = Kind.PHOTO) -> None:
    """Tessa presses "Ask the parents"."""
    ask_parents(children=children, platform=trust.platform(key), kind=kind, by=trust.tessa)


def told(trust: Trusty) -> list[str]:
    """Who has a notice about asking, by name."""
    rows = Notice.objects.filter(subject="Parents to ask").order_by("pk")
    return list(rows.values_list("user__name", flat=True))


def test_the_office_is_told_once_however_often_somebody_presses(trust):
    assert trust.connie
    for _ in range(4):
        asks(trust, trust.rose)
    assert told(trust) == ["Connie Price"]
    assert Ask.objects.count() == 1


def test_a_press_for_somebody_more_is_news_again(trust):
    assert trust.connie
    asks(trust, trust.rose)
    asks(trust, trust.rose, trust.sam)
    assert told(trust) == ["Connie Price", "Connie Price"]


def test_the_notice_leads_to_the_list(trust, signed_in):
    office = signed_in(trust.connie)
    asks(trust, trust.rose)
    notice = Notice.objects.get(subject="Parents to ask")
    assert "Rose" in office.get(notice.path).content.decode()


def test_an_answer_takes_the_line_off_the_list_and_history_says_so(trust):
    asks(trust, trust.rose)
    trust.says(trust.rose, "no", [trust.platform("facebook")])
    ask = Ask.objects.get()
    assert ask.closed_by == trust.connie
    closed = Event.objects.about(ask).get(verb="consent.ask_closed")
    assert closed.facts == {"answered": True}


def test_an_answer_about_another_platform_leaves_it_there(trust):
    asks(trust, trust.rose)
    trust.says(trust.rose, "no", [trust.platform("x")])
    assert Ask.objects.get().closed_at is None
    assert not Event.objects.filter(verb="consent.ask_closed").exists()


# ── where the answers alone would permit it ──────────────────────────────────────────────────────
def listed(trust: Trusty, signed_in) -> str:
    """What the office's list shows."""
    return signed_in(trust.connie).get("/children/asks/").content.decode()


def test_what_only_a_hold_forbids_never_comes_to_the_office(trust, signed_in):
    assert trust.connie
    asks(trust, trust.rose)
    asks(trust, trust.jack)
    page = listed(trust, signed_in)
    assert "Rose Green" in page
    assert "Jack Moor" not in page
    assert "1 answer to ask" in signed_in(trust.connie).get("/children/").content.decode()
    assert told(trust) == ["Connie Price"]


def test_it_comes_to_the_safeguarding_lead_who_puts_it_away(trust, signed_in):
    asks(trust, trust.jack)
    lead = signed_in(trust.dot)
    assert "Jack Moor" not in lead.get("/children/asks/").content.decode()
    page = lead.get("/children/holds/").content.decode()
    assert "Staff asked about" in page
    assert "photo on Facebook" in page
    lead.post(f"/children/asks/{Ask.objects.get().pk}/close/")
    assert "Staff asked about" not in lead.get("/children/holds/").content.decode()


def test_the_office_cannot_put_away_what_is_not_on_its_list(trust, signed_in):
    asks(trust, trust.jack)
    ask = Ask.objects.get()
    assert signed_in(trust.connie).post(f"/children/asks/{ask.pk}/close/").status_code == 404
    with pytest.raises(NotAllowed):
        close_ask(ask=ask, by=trust.connie)


def test_the_lead_is_told_without_a_name(trust):
    assert trust.dot
    asks(trust, trust.jack)
    notice = Notice.objects.get(subject="Staff asked about a pupil")
    assert notice.user == trust.dot
    assert "Jack" not in notice.body


def test_who_asked_reads_the_same_words(trust):
    post = trust.draft(children=[trust.rose, trust.jack], channels=["facebook"])
    facebook = trust.platform("facebook").pk
    words = {
        mends.apply(
            f"ask_parents child={child.pk} platform={facebook} kind=photo",
            post=post,
            by=trust.tessa,
        )
        for child in (trust.rose, trust.jack)
    }
    assert len(words) == 1
    assert Ask.objects.count() == 2


def test_a_first_name_that_the_full_name_permits_is_no_question_for_the_office(trust, signed_in):
    trust.says(trust.jack, "yes", [trust.platform("facebook")], kind=Kind.FULL_NAME)
    asks(trust, trust.jack, kind=Kind.FIRST_NAME)
    assert "Jack" not in listed(trust, signed_in)


def test_a_question_to_the_lead_becomes_the_offices_once_the_answers_forbid_it(trust, signed_in):
    asks(trust, trust.jack)
    trust.says(trust.jack, "no", [trust.platform("facebook")])
    assert "Jack" not in listed(trust, signed_in)
    asks(trust, trust.jack)
    assert "Jack" in listed(trust, signed_in)
    assert told(trust) == ["Connie Price"]


def test_lifting_the_last_hold_puts_the_leads_questions_away(trust):
    asks(trust, trust.jack)
    set_hold(child=trust.jack, kind="safeguarding", by=trust.dot)
    for hold in trust.jack.holds.order_by("pk"):
        assert Ask.objects.open().exists()
        lift_hold(hold=hold, by=trust.dot)
    assert not Ask.objects.open().exists()


def test_nobody_is_asked_about_what_is_permitted(trust):
    asks(trust, trust.amira)
    assert not Ask.objects.exists()
    assert not Notice.objects.filter(subject__contains="sk").exists()
