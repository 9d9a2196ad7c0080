"""Every face found is somebody's in the list, or somebody says that it is none."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from posts import marks, picturing, settling
from posts.checks import check
from posts.errors import NotPossible, Refused
from posts.models import Found, Picture, Post
from posts.seeing.boxes import Box
from tests.cast import Trusty, declared
from tests.plugins.eyes import Eyes

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(trust: Trusty, eyes: Eyes) -> Post:
    """A photo in which two faces were found; Amira is in the list, and everything is ticked."""
    eyes.see_faces(2)
    return trust.draft(children=[trust.amira])


def faces(post: Post) -> list[Found]:
    picture = Picture.objects.get(post=post)
    picture.post = Post.objects.get(pk=post.pk)
    found = list(Found.objects.filter(picture=picture, sort="face"))
    for face in found:
        face.picture = picture
    return found


def said(post: Post) -> list[str]:
    return [f.message for f in check(post).findings if f.rule == "people_accounted"]


def test_a_face_nobody_has_accounted_for_holds_the_post(trust, post):
    [message] = said(post)
    assert message.startswith("2 faces found, 0 accounted for in photo 1.")
    with pytest.raises(Refused):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_each_face_is_given_to_somebody_or_to_nobody(trust, post):
    settling.is_child(face=faces(post)[0], child=trust.amira, by=trust.tessa)
    assert said(post)[0].startswith("2 faces found, 1 accounted for")
    settling.is_no_face(face=faces(post)[1], by=trust.tessa)
    assert said(post) == []


def test_then_it_can_be_put_before_the_head(trust, post):
    settling.is_child(face=faces(post)[0], child=trust.amira, by=trust.tessa)
    settling.is_somebody(face=faces(post)[1], by=trust.tessa)
    approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())


def test_a_pupil_is_in_the_list_once_however_many_faces_they_have(trust, post):
    """A mirror, or a screen behind them."""
    for n in (0, 1):
        settling.is_child(face=faces(post)[n], child=trust.amira, by=trust.tessa)
    assert Picture.objects.get(post=post).appearances.count() == 1
    assert said(post) == []


def test_a_pupil_who_was_not_in_the_list_joins_it_and_is_checked(trust, post):
    settling.is_child(face=faces(post)[0], child=trust.amira, by=trust.tessa)
    settling.is_child(face=faces(post)[1], child=trust.child("Noah", "Reed"), by=trust.tessa)
    assert any("Noah" in f.message for f in check(post).findings if f.rule == "photo_permission")


def test_an_adult_has_a_face_too(trust, post):
    settling.is_adult(face=faces(post)[0], adult=trust.author_visit, by=trust.tessa)
    assert faces(post)[0].appearance.adult == trust.author_visit


def test_who_is_in_the_list_already_is_chosen_from_it(trust, post):
    appearance = Picture.objects.get(post=post).appearances.get()
    settling.is_listed(face=faces(post)[0], appearance=appearance, by=trust.tessa)
    assert faces(post)[0].appearance == appearance


def test_somebody_of_another_photo_cannot_be(trust, post, eyes):
    other = trust.draft(children=[trust.amira])
    appearance = Picture.objects.get(post=other).appearances.get()
    with pytest.raises(NotPossible):
        settling.is_listed(face=faces(post)[0], appearance=appearance, by=trust.tessa)


def test_taking_somebody_out_of_the_list_opens_their_face_again(trust, post):
    settling.is_child(face=faces(post)[0], child=trust.amira, by=trust.tessa)
    appearance = Picture.objects.get(post=post).appearances.get()
    appearance.picture.post = Post.objects.get(pk=post.pk)
    picturing.remove_appearance(appearance=appearance, by=trust.tessa)
    assert faces(post)[0].is_open


def test_who_was_taken_for_nobody_and_is_somebody_is_one_person(trust, post):
    settling.is_somebody(face=faces(post)[1], by=trust.tessa)
    settling.is_child(face=faces(post)[1], child=trust.amira, by=trust.tessa)
    assert Picture.objects.get(post=post).appearances.count() == 1


def test_a_slip_is_undone_and_leaves_nobody_in_the_list(trust, post):
    settling.is_child(face=faces(post)[1], child=trust.child("Noah", "Reed"), by=trust.tessa)
    settling.open_again(face=faces(post)[1], by=trust.tessa)
    people = Picture.objects.get(post=post).appearances
    assert [a.child for a in people.all()] == [trust.amira]
    assert faces(post)[1].is_open


def test_what_is_said_of_a_face_changes_the_post(trust, post):
    before = post.revision
    settling.is_no_face(face=faces(post)[0], by=trust.tessa)
    assert Post.objects.get(pk=post.pk).revision > before


def test_nobody_else_may_say_so(trust, post):
    with pytest.raises(NotPossible):
        settling.is_no_face(face=faces(post)[0], by=trust.owen)


def test_what_was_frozen_before_anybody_looked_is_not_held_up(trust, post):
    Post.objects.filter(pk=post.pk).update(content_form=2)
    assert said(post) == []


def people(post: Post) -> list[str]:
    return [str(a.child or a.kind) for a in Picture.objects.get(post=post).appearances.all()]


def test_whose_face_was_said_wrongly_leaves_the_list_with_it(trust, post):
    settling.is_child(face=faces(post)[1], child=trust.tom, by=trust.tessa)
    settling.is_listed(
        face=faces(post)[1],
        appearance=Picture.objects.get(post=post).appearances.get(child=trust.amira),
        by=trust.tessa,
    )
    assert people(post) == [str(trust.amira)]


def test_who_was_in_the_list_before_stays_when_their_face_is_opened_again(trust, post):
    settling.is_child(face=faces(post)[0], child=trust.amira, by=trust.tessa)
    assert settling.open_again(face=faces(post)[0], by=trust.tessa) is None
    assert people(post) == [str(trust.amira)]


def test_who_was_marked_by_hand_stays_as_well(trust, post):
    appearance = settling.is_child(face=faces(post)[1], child=trust.tom, by=trust.tessa)
    marks.mark(appearance=appearance, box=Box(0.1, 0.1, 0.2, 0.2), by=trust.tessa)
    settling.open_again(face=faces(post)[1], by=trust.tessa)
    assert str(trust.tom) in people(post)


def test_somebody_nobody_can_identify_is_changed_like_anybody(trust, post):
    settling.is_somebody(face=faces(post)[1], by=trust.tessa)
    left = settling.open_again(face=faces(post)[1], by=trust.tessa)
    assert left is not None
    assert people(post) == [str(trust.amira)]


def test_a_change_makes_the_author_look_again(trust, post):
    settling.is_child(face=faces(post)[1], child=trust.tom, by=trust.tessa)
    picture = Picture.objects.get(post=post)
    assert picture.people_complete
    settling.open_again(face=faces(post)[1], by=trust.tessa)
    picture.refresh_from_db()
    assert not picture.people_complete


def test_a_pupils_work_has_no_face(trust, post):
    picture = faces(post)[0].picture
    work = picturing.show_child(picture=picture, child=trust.tom, by=trust.tessa, work=True)
    with pytest.raises(NotPossible):
        settling.is_listed(face=faces(post)[0], appearance=work, by=trust.tessa)


def test_writing_is_nobodys_face_and_a_face_is_no_writing(trust, post, eyes):
    eyes.read("Amira Khan")
    other = trust.draft(photos=1)
    line = Found.objects.get(picture__post=other, sort="writing")
    line.picture.post = other
    with pytest.raises(NotPossible):
        settling.is_child(face=line, child=trust.tom, by=trust.tessa)
    with pytest.raises(NotPossible):
        settling.is_no_face(face=line, by=trust.tessa)
    settling.tells_nobody(lines=faces(other), by=trust.tessa)
    assert all(face.is_open for face in faces(other))


def test_what_was_looked_through_is_not_looked_through_again(trust, post):
    settling.is_no_face(face=faces(post)[0], by=trust.tessa)
    settling.look_again(picture=faces(post)[0].picture, by=trust.tessa)
    assert faces(post)[0].is_nobody


def test_a_face_said_in_another_tab_meanwhile_is_seen(trust, post):
    stale = faces(post)[1]
    settling.is_child(face=faces(post)[1], child=trust.tom, by=trust.tessa)
    settling.is_child(face=stale, child=trust.rose, by=trust.tessa)
    assert people(post) == [str(trust.amira), str(trust.rose)]


def test_a_returned_post_of_before_is_asked_about_its_faces(trust, eyes):
    """Frozen before photos were looked at; once its author may change it, it is asked."""
    eyes.see_faces(2)
    post = trust.draft(children=[trust.amira])
    Post.objects.filter(pk=post.pk).update(content_form=2)
    fresh = Post.objects.get(pk=post.pk)
    submission = approvals.submit(post=fresh, by=trust.tessa, declared=declared())
    approvals.return_to_author(submission=submission, by=trust.hana, reason="Look once more.")
    assert said(Post.objects.get(pk=post.pk))
