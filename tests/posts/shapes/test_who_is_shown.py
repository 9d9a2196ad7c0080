"""A child who is covered or cropped out on a channel needs no permission to be shown there; what
does not hide them counts for nothing."""

from __future__ import annotations

from typing import Any

import pytest

from approvals import actions as approvals
from consents.panels import Withdrawal
from policy.branding import set_faces
from posts import mends, shaping
from posts.checks import check
from posts.errors import NotPossible
from posts.models import Found, Look, Post
from posts.photos.shape import Framing, Patch, patch_over
from posts.seeing.boxes import Box
from posts.settling import is_no_face, open_again
from posts.views.boxes import boxes
from publishing.foreseen import concerned
from tests.cast import declared
from tests.posts.origins.saying import say
from tests.posts.shapes.placing import LEFT, RIGHT, draft_of, face, marked, photo_of

pytestmark = pytest.mark.django_db
BOTH = ["news", "facebook"]


@pytest.fixture
def post(trust) -> Post:
    """Tom, who may be on the news page only, to the left of Amira, who may be everywhere."""
    return draft_of(trust, [trust.tom, trust.amira], channels=BOTH)


def refused(post: Post, rule: str = "photo_permission") -> list[str]:
    return [f.message for f in check(post).findings if f.rule == rule]


def cover(trust, post: Post, *places: Box, on: str | None = "facebook") -> Any:
    channel = trust.channel(on) if on else None
    patches = [patch_over(box) for box in places]
    return shaping.cover(picture=photo_of(post), patches=patches, channel=channel, by=trust.tessa)


def crop(trust, post: Post, box: Box, on: str | None = "facebook") -> Framing:
    channel = trust.channel(on) if on else None
    return shaping.frame(
        picture=photo_of(post), framing=Framing(box), channel=channel, by=trust.tessa
    )


def test_a_child_who_can_be_seen_needs_permission(post):
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]


def test_r_070_a_covered_child_needs_none_there(trust, post):
    cover(trust, post, LEFT)
    assert refused(post) == []


def test_r_070_a_cover_on_one_channel_frees_nothing_on_another(trust, post):
    cover(trust, post, LEFT, on="news")
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]


def test_a_cover_everywhere_counts_on_each_channel(trust, post):
    cover(trust, post, LEFT, on=None)
    assert refused(post) == []


def test_a_child_outside_of_the_crop_needs_none(trust, post):
    crop(trust, post, Box(0.5, 0, 0.5, 1))
    assert refused(post) == []


def test_a_crop_of_its_own_counts_instead_of_the_one_for_all(trust, post):
    crop(trust, post, Box(0.5, 0, 0.5, 1), on=None)
    assert refused(post) == []
    crop(trust, post, Box(0, 0, 1, 1))
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]


def test_a_cover_over_somebody_else_counts_for_nothing(trust, post):
    cover(trust, post, RIGHT)
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]


def test_a_cover_over_half_of_a_face_counts_for_nothing(trust, post):
    half = Patch(Box(LEFT.left - 0.1, LEFT.top - 0.1, 0.15, 0.4))
    shaping.cover(
        picture=photo_of(post), patches=[half], channel=trust.channel("facebook"), by=trust.tessa
    )
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]


def test_a_child_who_was_found_twice_must_be_covered_twice(trust, post):
    mirror = face(photo_of(post), Box(0.45, 0.7, 0.08, 0.1))
    [tom] = photo_of(post).appearances.filter(child=trust.tom)
    Found.objects.filter(pk=mirror.pk).update(appearance=tom)
    cover(trust, post, LEFT)
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]
    cover(trust, post, Box(0.45, 0.7, 0.08, 0.1))
    assert refused(post) == []


def test_what_somebody_marked_by_hand_must_be_covered_as_well(trust, post):
    marked(trust, photo_of(post), trust.tom, Box(0.1, 0.25, 0.3, 0.6))
    cover(trust, post, LEFT)
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]


def test_whoever_has_no_place_counts_as_shown(trust):
    post = trust.draft(children=[trust.tom], channels=BOTH)
    shaping.cover(
        picture=photo_of(post), patches=[Patch(Box(0, 0, 1, 1))], channel=None, by=trust.tessa
    )
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]


def test_while_a_face_that_can_be_seen_is_nobodys_everybody_counts_as_shown(trust, post):
    cover(trust, post, LEFT)
    unknown = face(photo_of(post), Box(0.45, 0.7, 0.08, 0.1))
    assert refused(post) == ["Tom R. cannot be shown on Facebook."]
    is_no_face(face=unknown, by=trust.tessa)
    assert refused(post) == []


def test_an_adult_who_is_covered_needs_no_permission(trust):
    post = draft_of(trust, [trust.amira], channels=BOTH)
    found = face(photo_of(post), RIGHT)
    from_now = photo_of(post).appearances.create(
        kind="adult", adult=trust.author_visit, added_by=trust.tessa
    )
    Found.objects.filter(pk=found.pk).update(appearance=from_now)
    assert len(refused(post, "adult_permission")) == 2
    cover(trust, post, RIGHT)
    assert refused(post, "adult_permission") == ["Ada Visitor cannot be shown on News page."]


def test_work_that_is_covered_needs_no_permission(trust):
    post = trust.draft(photos=1, channels=["facebook"])
    photo_of(post).appearances.create(
        kind="work", child=trust.tom, added_by=trust.tessa, **LEFT._asdict()
    )
    assert len(refused(post, "work_permission")) == 1
    cover(trust, post, LEFT)
    assert refused(post, "work_permission") == []


def test_a_cover_does_not_free_a_name_in_the_words(trust):
    post = draft_of(trust, [trust.tom], channels=["facebook"], text="Well done, Tom!")
    cover(trust, post, LEFT)
    assert refused(post) == []
    assert refused(post, "name_permission") != []


def test_writing_that_is_covered_wherever_it_is_shown_asks_nothing(trust, post):
    line = Found.objects.create(
        picture=photo_of(post),
        sort="writing",
        sure=0.9,
        text="Tom",
        hint="name",
        **Box(0.4, 0.1, 0.1, 0.05)._asdict(),
    )
    place = Box(line.left, line.top, line.width, line.height)
    cover(trust, post, place)
    assert refused(post, "nothing_readable") != []
    cover(trust, post, place, on="news")
    assert refused(post, "nothing_readable") == []


def test_the_marks_say_who_is_covered_where(trust, post):
    cover(trust, post, LEFT)
    [tom] = [p for p in check(post).people() if p.label == "Tom R."]
    assert [(m.channel.platform.key, m.shown, m.hidden) for m in tom.marks] == [
        ("news", True, ""),
        ("facebook", False, "covered"),
    ]


def test_what_was_needed_for_a_covered_child_is_nothing(trust, post):
    trust.says(trust.tom, "yes", [trust.platform("facebook")])
    cover(trust, post, LEFT)
    relied = check(post).decisions_relied_on(trust.channel("facebook"))
    assert {row["child"] for row in relied} == {trust.amira.pk}


def test_r_156_where_nobody_can_be_seen_a_clear_face_asks_nothing(trust, post):
    set_faces(levels={trust.platform("facebook").pk: "not"}, by=trust.cara)
    say(trust, post, face_clear=True)
    assert "faces_not_shown" in {f.rule for f in check(post).findings}
    cover(trust, post, LEFT)
    assert "faces_not_shown" in {f.rule for f in check(post).findings}
    cover(trust, post, RIGHT)
    assert "faces_not_shown" not in {f.rule for f in check(post).findings}


def test_withdrawing_for_a_covered_child_is_told_to_stop_nothing_there(trust, post):
    cover(trust, post, RIGHT)
    cover(trust, post, LEFT, on=None)
    approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    [only] = concerned(Withdrawal(children=(trust.amira,)))
    assert only.channel.platform.key == "news"


# ── ways out ─────────────────────────────────────────────────────────────────────────────────────
def ways(post: Post) -> dict[str, str]:
    verdict = check(post)
    return {w.label: w.value for box in boxes(verdict, verdict.findings) for w in box.ways}


def test_one_press_covers_everyone_on_that_channel(trust, post):
    done = mends.apply(ways(post)["Cover everyone on Facebook"], post=post, by=trust.tessa)
    assert done == "Everyone in that photo is covered on Facebook."
    post.refresh_from_db()
    assert refused(post) == []
    people = {p.label: p.marks[1].hidden for p in check(post).people()}
    assert people == {"Amira K.": "covered", "Tom R.": "covered"}


def test_everyone_stays_to_be_seen_elsewhere(trust, post):
    mends.apply(ways(post)["Cover everyone on Facebook"], post=post, by=trust.tessa)
    assert all(p.marks[0].shown for p in check(post).people())


def test_covering_one_child_alone_is_no_way_out(post):
    assert [label for label in ways(post) if "over" in label] == ["Cover everyone on Facebook"]


def test_it_is_not_offered_while_somebody_has_no_place(trust, post):
    photo_of(post).appearances.create(kind="unidentifiable", added_by=trust.tessa)
    assert "Cover everyone on Facebook" not in ways(post)


def test_it_is_not_offered_while_a_face_is_not_settled(trust, post):
    face(photo_of(post), Box(0.45, 0.7, 0.08, 0.1))
    assert "Cover everyone on Facebook" not in ways(post)


def test_it_is_not_offered_before_the_photo_was_looked_through(trust, post):
    Look.objects.filter(picture__post=post).update(state="waiting", looked_at=None)
    assert "Cover everyone on Facebook" not in ways(post)


def test_pressed_too_late_it_does_nothing(trust, post):
    value = ways(post)["Cover everyone on Facebook"]
    [found] = Found.objects.filter(appearance__child=trust.tom)
    open_again(face=found, by=trust.tessa)
    with pytest.raises(NotPossible, match="once it is known where everyone is"):
        mends.apply(value, post=post, by=trust.tessa)


def test_the_way_to_the_page_names_the_photo(signed_in, post):
    page = signed_in(post.author).get(f"/posts/{post.pk}/edit/").content.decode()
    assert "Crop or cover photo 1<span>" in page
    assert f'value="shape:{photo_of(post).pk}"' in page
