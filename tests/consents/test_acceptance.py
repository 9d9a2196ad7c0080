"""The acceptance tests of the requirements about permission that no other test holds by itself,
and a list of all of them: for each row a test is named."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from consents.actions import withdraw
from consents.deciding import add_parent
from consents.models import Child, Kind
from consents.states import Standing, standings
from posts import picturing
from posts.checks import check
from posts.errors import Refused
from posts.models import Post
from publishing.models import NewsItem
from publishing.reviewing import review_live
from tests.approvals.pages import words
from tests.cast import Trusty
from tests.consents.asking import may
from tests.house.requirements import named_tests

pytestmark = pytest.mark.django_db
NUMBERS = (69, 70, 71, 72, 73, 106, 107, *range(145, 156), 159, 167, 171)
ROWS = [f"R-{n:03}" for n in NUMBERS]


@pytest.mark.parametrize("row", ROWS)
def test_each_of_these_rows_has_a_test_named_for_it(row: str) -> None:
    assert named_tests()[row]


def standing(child: Child, trust: Trusty) -> Standing:
    news = trust.platform("news").pk
    fresh = Child.objects.get(pk=child.pk)
    cells = standings([fresh], [news], [Kind.PHOTO], show_holds=False)
    return cells[child.pk, news, "photo"].standing


def problems(post: Post) -> str:
    """What keeps it from going on, in words."""
    return " ".join(f.message for f in check(Post.objects.get(pk=post.pk)).findings)


def test_r_069_a_post_with_one_child_nobody_answered_for_names_the_child_and_the_platform(
    trust: Trusty,
) -> None:
    post = trust.draft(children=[trust.amira, trust.rose])
    assert "Rose G. cannot be shown on News page." in problems(post)
    assert "Amira" not in problems(post)


def test_r_070_a_yes_for_facebook_goes_to_facebook_and_not_to_instagram(trust: Trusty) -> None:
    child = trust.child("Ada", "Quill", yes=[trust.platform("facebook")])
    with pytest.raises(Refused, match=r"Ada Q\. cannot be shown on Instagram\."):
        trust.submitted(children=[child], channels=["facebook", "instagram"])
    assert trust.submitted(children=[child], channels=["facebook"])


def test_r_071_the_page_of_a_pupil_says_who_said_yes_to_what_where_when_and_until(
    trust: Trusty, signed_in
) -> None:
    today = timezone.localdate()
    until = date(today.year + 1, 7, 20)
    child = trust.child("Ada", "Quill", yes=[trust.platform("news")], until=until)
    page = words(signed_in(trust.hana).get(f"/children/{child.pk}/"))
    assert "Yes : photo on News page, from Mother Quill paper form" in page
    assert f"until 20 July {until.year}" in page
    assert f"written {today.day} {today:%B}" in page or "today" in page


def test_r_072_a_photo_that_nobody_looked_at_for_names_and_badges_does_not_go(
    trust: Trusty,
) -> None:
    post = trust.draft(children=[trust.amira])
    picture = post.pictures.get()
    picturing.declare(picture=picture, people_complete=True, nothing_readable=False, by=trust.tessa)
    assert not check(Post.objects.get(pk=post.pk)).may_go


def test_r_073_a_name_needs_its_own_yes(trust: Trusty) -> None:
    with pytest.raises(Refused):
        trust.submitted(children=[trust.amira], text="Well done Amira!")
    trust.says(trust.amira, "yes", [trust.platform("news")], kind=Kind.FIRST_NAME)
    assert trust.submitted(children=[trust.amira], text="Well done Amira!")


def test_r_106_a_parents_yes_and_the_pupils_no_is_refused(trust: Trusty) -> None:
    trust.says_own(trust.amira, "no", [trust.platform("news")])
    with pytest.raises(Refused, match=r"Amira K\. cannot be shown on News page\."):
        trust.submitted(children=[trust.amira])


def test_r_107_a_visitors_photo_goes_only_once_their_yes_is_written_down(trust: Trusty) -> None:
    post = trust.draft(photos=1)
    picture = post.pictures.get()
    picturing.show_adult(picture=picture, adult=trust.author_visit, by=trust.tessa)
    assert "Ada Visitor" in problems(post)
    trust.adult_says(trust.author_visit, "yes", [trust.platform("news")])
    assert "Ada Visitor" not in problems(post)


def test_r_147_withdrawing_stops_what_is_due_and_takes_down_the_two_that_are_live(
    trust: Trusty,
) -> None:
    ten = timezone.make_aware(datetime.combine(timezone.localdate(), datetime.min.time()))
    ten += timedelta(days=1, hours=10)
    with time_machine.travel(ten - timedelta(minutes=30)):
        live = [trust.published(children=[trust.amira], text=f"Day {n}.") for n in (1, 2)]
        waits = trust.approved(children=[trust.amira], goes_out_at=ten + timedelta(minutes=5))
    with time_machine.travel(ten):
        withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
        review_live()
    with time_machine.travel(ten + timedelta(minutes=6)):
        trust.send_all()
    assert trust.delivery(waits).state == "refused"
    assert [trust.delivery(post).state for post in live] == ["taken_down", "taken_down"]


def test_r_149_a_yes_that_ends_tonight_stops_the_post_of_tomorrow(trust: Trusty) -> None:
    child = trust.child("Ada", "Quill", yes=[trust.platform("news")], until=timezone.localdate())
    tomorrow = timezone.now() + timedelta(days=1)
    assert may(child)
    post = trust.approved(children=[child], goes_out_at=tomorrow)
    with time_machine.travel(tomorrow + timedelta(minutes=1)):
        trust.send_all()
    assert trust.delivery(post).state == "refused"
    assert not NewsItem.objects.exists()


def test_r_151_on_the_18th_birthday_a_parents_yes_shows_as_no_longer_enough(trust: Trusty) -> None:
    today = timezone.localdate()
    born = date(today.year - 18, today.month, min(today.day, 28))
    child = trust.child("Ada", "Quill", born_on=born, yes=[trust.platform("news")])
    assert standing(child, trust) is Standing.WAITS
    with pytest.raises(Refused):
        trust.submitted(children=[child])


def test_r_152_a_grandmothers_yes_is_kept_as_not_entitled_and_does_not_count(trust: Trusty) -> None:
    child = trust.child("Ada", "Quill")
    grandmother = add_parent(
        child=child,
        first_name="Nan",
        surname="Quill",
        relationship="Grandmother",
        has_responsibility=False,
        by=trust.connie,
    ).parent
    trust.says(child, "yes", [trust.platform("news")], giver=grandmother)
    assert standing(child, trust) is Standing.NOT_ENTITLED
    assert not may(child)


def test_r_171_a_painting_needs_the_yes_to_its_painters_work(trust: Trusty) -> None:
    post = trust.draft(photos=1)
    picture = post.pictures.get()
    picturing.show_child(picture=picture, child=trust.amira, by=trust.tessa, work=True)
    assert "Amira K." in problems(post)
    trust.says(trust.amira, "yes", [trust.platform("news")], kind=Kind.WORK)
    assert "Amira K." not in problems(post)
