"""What the clock ended was shown rightly: only an act about just that takes it down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from consents.actions import set_hold, withdraw
from consents.deciding import record_capacity, set_guardianship
from consents.models import Child, Guardianship
from consents.withdrawing import stop
from consents.wording import Document
from posts.models import Post
from publishing import assisted, looking, platforms, reviewing
from publishing.platforms.shape import Capabilities, Unclear
from tests.consents.agreements.writing import published
from tests.failures.far_end import P, breaks

pytestmark = pytest.mark.django_db
LINK = "https://www.facebook.com/oakprimary/posts/1"


@pytest.fixture
def ada(trust) -> Child:
    """Her mother's yes to photos counts until today, on every platform."""
    platforms = [trust.platform("news"), trust.platform("facebook")]
    return trust.child("Ada", "Quill", yes=platforms, until=timezone.localdate())


@pytest.fixture
def shown(trust, ada) -> Iterator[Post]:
    """Shown on the news page on the last day; now it is the day after, and nothing was
    recalled."""
    post = trust.published(children=[ada])
    reviewing.review_live()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        reviewing.review_live()
        assert trust.delivery(post).state == "sent"
        yield post


def withdrawn(trust, child: Child, *platforms: str, kinds: list[str]) -> None:
    withdraw(
        child=child,
        giver=trust.mother(child),
        by=trust.connie,
        platforms=[trust.platform(key) for key in platforms],
        kinds=kinds,
    )


def looked(trust, post: Post, key: str = "news") -> str:
    reviewing.review_live()
    return trust.delivery(post, key).state


def test_a_withdrawal_on_another_platform_does_not_recall_it(trust, ada, shown):
    trust.says(ada, "yes", [trust.platform("facebook")])
    withdrawn(trust, ada, "facebook", kinds=["photo"])
    assert looked(trust, shown) == "sent"


def test_a_refusal_of_another_kind_does_not_recall_it(trust, ada, shown):
    trust.says(ada, "no", [trust.platform("news")], kind="full_name")
    assert looked(trust, shown) == "sent"


def test_a_withdrawal_for_another_pupil_does_not_recall_it(trust, ada, shown):
    withdrawn(trust, trust.amira, "news", kinds=["photo"])
    assert looked(trust, shown) == "sent"


def test_a_no_to_just_that_takes_it_down(trust, ada, shown):
    trust.says(ada, "no", [trust.platform("news")])
    assert looked(trust, shown) == "taken_down"


def test_a_hold_takes_it_down(trust, ada, shown):
    set_hold(child=ada, kind="protected", by=trust.dot)
    assert looked(trust, shown) == "taken_down"


def test_our_own_page_goes_on_showing_it_until_then(trust, ada, shown):
    trust.says(ada, "no", [trust.platform("facebook")])
    assert reviewing.owed([trust.delivery(shown)]) == set()


def test_and_no_longer_shows_it_from_a_no_to_just_that(trust, ada, shown):
    trust.says(ada, "no", [trust.platform("news")])
    assert reviewing.owed([trust.delivery(shown)]) == {trust.delivery(shown).pk}


def test_what_is_found_days_after_its_answer_was_lost_was_there_from_the_call_on(
    trust, ada, monkeypatch
):
    far = P()
    far.answer, far.capabilities = breaks(Unclear("no answer")), Capabilities()
    monkeypatch.setitem(platforms.PLATFORMS, "news_page", far)
    post = trust.published(children=[ada])
    assert looked(trust, post) == "unknown"
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert looking.look_again(at=timezone.now()) == 1
        assert looked(trust, post) == "sent"


def test_what_a_person_posted_after_the_last_day_comes_down(trust, ada):
    assert trust.uma
    post = trust.approved(children=[ada], channels=["facebook"])
    trust.send_all()
    delivery = trust.delivery(post, "facebook")
    assisted.open_package(delivery=delivery, by=trust.uma)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assisted.posted(delivery=delivery, url=LINK, by=trust.uma)
        assert looked(trust, post, "facebook") == "cannot_take_down"


def test_a_no_to_the_first_name_takes_down_what_says_the_full_name(trust):
    trust.says(trust.amira, "yes", [trust.platform("news")], kind="full_name")
    post = trust.published(children=[trust.amira], text="Amira Khan built an aqueduct.")
    trust.says(trust.amira, "no", [trust.platform("news")], kind="first_name")
    assert looked(trust, post) == "taken_down"


def test_somebody_whose_no_begins_to_count_takes_it_down(trust):
    """The father said no before it was written down that he may decide."""
    father = trust.parent(trust.amira, "Father", responsible=False)
    trust.says(trust.amira, "no", [trust.platform("news")], giver=father)
    post = trust.published(children=[trust.amira])
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert looked(trust, post) == "sent"
        set_guardianship(
            guardianship=Guardianship.objects.get(child=trust.amira, parent=father),
            has_responsibility=True,
            court_order=False,
            ended_on=None,
            relationship="Father",
            by=trust.connie,
        )
        assert looked(trust, post) == "taken_down"


@pytest.fixture
def live(trust) -> Iterator[Post]:
    """Amira and a visiting author are named in it; it was looked at, a day ago."""
    news = [trust.platform("news")]
    trust.adult_says(trust.author_visit, "yes", news, "full_name")
    text = "Thank you, Ada Visitor, for reading to us."
    post = trust.published(children=[trust.amira], text=text)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert looked(trust, post) == "sent"
        yield post


def test_an_adult_who_withdraws_long_after_takes_it_down(trust, live):
    trust.adult_says(trust.author_visit, "withdrawn", [trust.platform("news")], "full_name")
    assert looked(trust, live) == "taken_down"


def test_the_schools_own_stop_long_after_takes_it_down(trust, live):
    stop(child=trust.amira, squares=[(trust.platform("news"), "photo")], by=trust.connie)
    assert looked(trust, live) == "taken_down"


def test_a_stop_on_another_platform_does_not(trust, live):
    stop(child=trust.amira, squares=[(trust.platform("facebook"), "photo")], by=trust.connie)
    assert looked(trust, live) == "sent"


def test_a_pupil_who_is_to_decide_as_well_takes_it_down_until_they_have_said_yes(trust, live):
    record_capacity(
        child=trust.amira,
        decides="both",
        best_interests=False,
        basis="Asked by her teacher",
        by=trust.connie,
    )
    assert looked(trust, live) == "taken_down"


def test_a_yes_that_was_over_when_it_was_written_down_takes_it_down(trust, live):
    """A form that lay in a drawer: it ends the yes before it, and its last day was yesterday."""
    given = trust.amira.decisions.latest("pk").given_at
    until = timezone.localdate(given)
    trust.says(trust.amira, "yes", [trust.platform("news")], given_at=given, until=until)
    assert looked(trust, live) == "taken_down"


def test_a_yes_that_still_counts_does_not(trust, live):
    today = timezone.localdate()
    trust.says(trust.amira, "yes", [trust.platform("news")], until=today)
    assert looked(trust, live) == "sent"


def test_a_yes_to_a_version_that_asks_for_less_takes_it_down(trust, live):
    whole = Document.read(published(trust).content)
    fewer = tuple(key for key in whole.purposes if key != live.purpose.key)
    less = published(trust, replace(whole, purposes=fewer))
    assert looked(trust, live) == "sent"
    trust.says(trust.amira, "yes", [trust.platform("news")], agreement=less)
    assert looked(trust, live) == "taken_down"
