"""A colleague, governor or visitor is named only with their permission on record (R-041, R-107)."""

from __future__ import annotations

import pytest

from approvals.actions import approve, submit
from consents.adults import add_adult
from consents.models import Adult
from posts import mends
from posts.checks import check
from posts.checks.grown import NAMED
from posts.errors import NotPossible
from posts.models import Post, WarningAnswer
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db
NAME = "full_name"


def helen(trust: Trusty) -> Adult:
    """A colleague of Tessa's whose permission nobody has recorded."""
    return add_adult(school=trust.oak, name="Mrs Helen Marsh", kind="staff", by=trust.connie)


def refusals(post: Post):  # type: ignore[no-untyped-def]
    """What stops the post because a grown-up is named."""
    return [f for f in check(post).blockers if f.subject.startswith(NAMED)]


@pytest.mark.parametrize(
    "text",
    [
        "Helen Marsh ran the marathon",
        "Thank you Mrs Marsh!",
        "Thank you, Mrs. Marsh’s class!",
        "H. Marsh baked",
        "Well done @HelenMarsh",
        "#ThankYouMrsMarsh",
    ],
)
def test_r_041_naming_a_colleague_with_no_permission_stops_submit(trust, text):
    helen(trust)
    post = trust.draft(text=text)
    [found] = refusals(post)
    assert found.message == "Mrs Helen Marsh cannot be named on the school’s news page." or (
        found.message.startswith("Mrs Helen Marsh cannot be named on ")
    )
    with pytest.raises(NotPossible):
        submit(post=post, by=trust.tessa, declared=declared())


def test_r_107_with_their_yes_for_that_platform_it_passes(trust):
    trust.adult_says(helen(trust), "yes", [trust.channel("news").platform], NAME)
    assert refusals(trust.draft(text="Thank you Mrs Marsh!")) == []


def test_a_yes_to_photos_is_none_to_the_name(trust):
    trust.adult_says(helen(trust), "yes", [trust.channel("news").platform])
    assert len(refusals(trust.draft(text="Thank you Mrs Marsh!"))) == 1


def test_a_yes_for_one_platform_is_none_for_another(trust):
    trust.adult_says(helen(trust), "yes", [trust.channel("news").platform], NAME)
    post = trust.draft(text="Thank you Mrs Marsh!", channels=["news", "facebook"])
    assert [f.channels for f in refusals(post)] == [(trust.channel("facebook").pk,)]


def test_who_works_here_and_is_on_no_register_has_no_permission(trust):
    assert trust.hana
    [found] = refusals(trust.draft(text="Hana Okafor opened the library."))
    assert found.message.startswith("Hana Okafor cannot be named")


def test_somebody_of_another_school_is_no_colleague_here(trust):
    assert trust.owen
    assert refusals(trust.draft(text="Owen Hughes opened the library.")) == []


def test_of_two_who_share_a_name_both_must_have_said_yes(trust):
    trust.adult_says(helen(trust), "yes", [trust.channel("news").platform], NAME)
    add_adult(school=trust.oak, name="Kelly Marsh", kind="visitor", by=trust.connie)
    [found] = refusals(trust.draft(text="Thank you Mrs Marsh!"))
    assert found.message.startswith("Kelly Marsh cannot be named")


def test_somebody_else_is_meant_in_one_press_and_the_head_must_say_so_too(trust):
    helen(trust)
    post = trust.draft(text="Thank you Mrs Marsh of the bakery!")
    [found] = refusals(post)
    way = next(way for way in found.ways if way.verb == "another_adult")
    mends.apply(mends.encoded(way), post=post, by=trust.tessa)
    assert refusals(post) == []
    submission = submit(post=post, by=trust.tessa, declared=declared())
    with pytest.raises(NotPossible):
        approve(submission=submission, by=trust.hana)
    sentence = "“Mrs Marsh” is somebody else, and not our Mrs Helen Marsh."
    approve(submission=submission, by=trust.hana, confirmed=[sentence])


def test_nobody_says_so_of_a_name_that_does_not_stand_there(trust):
    adult = helen(trust)
    post = trust.draft()
    with pytest.raises(NotPossible):
        mends.apply(f"another_adult adult={adult.pk}", post=post, by=trust.tessa)
    assert not WarningAnswer.objects.exists()


def test_a_first_name_alone_is_a_question(trust):
    helen(trust)
    [found] = [f for f in check(trust.draft(text="Well done Helen!")).findings if f.asks]
    assert found.rule == "name_maybe"
    assert not found.blocks


def test_a_first_name_within_a_colleagues_name_is_no_pupil(trust):
    trust.child("Helen", "Reed")
    helen(trust)
    asked = check(trust.draft(text="Thank you Helen Marsh!")).unanswered
    assert asked == []


def test_what_was_relied_on_names_the_permission_of_a_colleague(trust):
    adult, news = helen(trust), trust.channel("news")
    trust.adult_says(adult, "yes", [news.platform], NAME)
    rows = check(trust.draft(text="Thank you Mrs Marsh!")).decisions_relied_on(news)
    assert [row["adult"] for row in rows if "adult" in row] == [adult.pk]


# ── nobody of the school ─────────────────────────────────────────────────────────────────────────
def outsiders(post: Post) -> list[str]:
    return [f.subject for f in check(post).unanswered if f.rule == "not_defaming"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Thank you Michael Rosen for a visit", "michael rosen"),
        ("PC Lewis talked to Year 6", "pc lewis"),
        ("The bricks came from Barratt Homes", "barratt homes"),
    ],
)
def test_r_015_somebody_on_no_register_is_a_question(trust, text, who):
    assert outsiders(trust.draft(text=text)) == [f"outside:{who}"]


@pytest.mark.parametrize(
    "text",
    [
        "Our Forest School met at Chester Zoo on Friday",
        "Year 4 are reading Harry Potter",
        "Merry Christmas from Red Class",
        "Summer Fair: Cakes, Games and Music",
    ],
)
def test_the_names_of_places_and_days_are_no_question(trust, text):
    assert outsiders(trust.draft(text=text)) == []


def test_a_pupil_or_colleague_is_no_outsider(trust):
    helen(trust)
    assert trust.amira
    assert outsiders(trust.draft(text="Thank you Mrs Marsh. Well done Amira Khan!")) == []
