"""What was found is told to the Head with what the author made of it; a size suggests an answer."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from approvals.models import Submission
from posts import settling
from posts.models import Found, Post
from posts.spoken import visibility
from tests.approvals.pages import words
from tests.cast import Trusty, declared
from tests.plugins.eyes import Eyes

pytestmark = pytest.mark.django_db


def settle(trust: Trusty, post: Post) -> None:
    picture = post.pictures.get()
    mine = picture.appearances.get()
    ways = [
        lambda face: settling.is_listed(face=face, appearance=mine, by=trust.tessa),
        lambda face: settling.is_somebody(face=face, by=trust.tessa),
        lambda face: settling.is_no_face(face=face, by=trust.tessa),
    ]
    for way, face in zip(ways, picture.found.filter(sort="face"), strict=True):
        face.picture = picture
        way(face)
    lines = list(picture.found.exclude(hint=""))
    for line in lines:
        line.picture = picture
    settling.tells_nobody(lines=lines, by=trust.tessa)


def test_the_head_reads_what_the_author_made_of_each(trust, eyes: Eyes, signed_in):
    eyes.see_faces(3)
    eyes.read("~~", sure=0.1)
    post = trust.draft(children=[trust.amira])
    settle(trust, post)
    fresh = Post.objects.get(pk=post.pk)
    approvals.submit(post=fresh, by=trust.tessa, declared=declared())
    page = words(signed_in(trust.hana).get(f"/approvals/{Submission.objects.get().pk}/"))
    assert (
        "GoLive found 3 faces: 1 of 1 person in the list, 1 of somebody who cannot be identified "
        "and 1 no face, the author says." in page
    )
    assert "The author looked at 1 piece of writing and says that none tells" in page


def test_where_nothing_was_found_the_head_reads_nothing_of_it(trust, signed_in):
    trust.submitted(children=[trust.amira])
    page = words(signed_in(trust.hana).get(f"/approvals/{Submission.objects.get().pk}/"))
    assert "GoLive found" not in page


@pytest.mark.parametrize(("tall", "speaks"), [(0.2, "yes"), (0.08, "yes"), (0.05, "no")])
def test_r_156_the_largest_face_suggests_how_visible_it_is(tall, speaks):
    faces = [Found(sort="face", height=0.01), Found(sort="face", height=tall)]
    assert f"probably {speaks}. You decide." in visibility(faces)


def test_r_156_what_is_no_face_suggests_nothing():
    assert visibility([Found(sort="face", height=0.3, is_nobody=True)]) == ""


def test_r_156_the_suggestion_stands_beside_the_question(trust, eyes: Eyes, signed_in):
    eyes.see_faces(1)
    post = trust.draft(photos=1)
    page = words(signed_in(trust.tessa).get(f"/posts/photos/{post.pictures.get().pk}/origin/"))
    assert "about 20 per cent of the photo’s height: probably yes. You decide." in page


def test_what_nobody_has_accounted_for_is_told_as_well(trust, eyes: Eyes, signed_in):
    """Frozen before photos were looked at, and looked at now."""
    post = trust.submitted(children=[trust.amira]).post
    Post.objects.filter(pk=post.pk).update(content_form=2)
    picture = post.pictures.get()
    Found.objects.create(picture=picture, sort="face", left=0, top=0, width=1, height=1, sure=1)
    Found.objects.create(
        picture=picture, sort="writing", left=0, top=0, width=1, height=1, sure=1, hint="name"
    )
    page = words(signed_in(trust.hana).get(f"/approvals/{Submission.objects.get().pk}/"))
    assert "GoLive found 1 face: 1 that nobody has accounted for." in page
    assert "Nobody has looked at 1 piece of writing." in page
