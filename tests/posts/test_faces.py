"""The people editor: each face that was found is asked about, on the photo and in the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from posts.models import Found, Look, Picture, Post
from tests.approvals.pages import asked, words
from tests.cast import Trusty
from tests.plugins.eyes import Eyes

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(trust: Trusty, eyes: Eyes) -> Post:
    """Three faces were found; Amira is in the list and none of them is hers yet."""
    eyes.see_faces(3)
    return trust.draft(children=[trust.amira])


def address(post: Post) -> str:
    return f"/posts/photos/{Picture.objects.get(post=post).pk}/people/"


def faces(post: Post) -> list[Found]:
    return list(Found.objects.filter(picture__post=post, sort="face"))


def pressed(client: Any, post: Post, **what: Any) -> Any:
    headers = {"HX-Request": "true", "HX-Target": "in-it"}
    return client.post(address(post), what, headers=headers)


def test_it_says_how_many_are_accounted_for(trust, post, signed_in):
    page = words(signed_in(trust.tessa).get(address(post)))
    assert "3 faces found, 0 accounted for" in page
    assert "equal numbers prove nothing" in page


def test_it_asks_about_the_first_that_is_open(trust, post, signed_in):
    assert "Whose is face 1?" in words(signed_in(trust.tessa).get(address(post)))


def test_a_press_on_a_face_asks_about_that_one(trust, post, signed_in):
    face = faces(post)[2]
    assert f'href="?face={face.pk}#q"' in signed_in(trust.tessa).get(address(post)).text
    page = words(signed_in(trust.tessa).get(f"{address(post)}?face={face.pk}"))
    assert "Whose is face 3?" in page


def test_after_each_answer_it_asks_about_the_next(trust, post, signed_in):
    answer = pressed(signed_in(trust.tessa), post, face=faces(post)[0].pk, child=trust.tom.pk)
    assert "Tom Rees is in the list. Face 1 is theirs." in words(answer)
    assert "Whose is face 2?" in words(answer)
    assert faces(post)[0].appearance.child == trust.tom


def test_somebody_in_the_list_is_one_press_away(trust, post, signed_in):
    mine = Picture.objects.get(post=post).appearances.get()
    page = signed_in(trust.tessa).get(address(post)).text
    assert f'name="listed" value="{mine.pk}"' in page
    pressed(signed_in(trust.tessa), post, face=faces(post)[0].pk, listed=mine.pk)
    assert faces(post)[0].appearance == mine


def test_not_a_face_is_one_press(trust, post, signed_in):
    answer = pressed(signed_in(trust.tessa), post, face=faces(post)[0].pk, nobody="1")
    assert "3 faces found, 1 accounted for" in words(answer)


def test_cannot_be_identified_is_one_press(trust, post, signed_in):
    pressed(signed_in(trust.tessa), post, face=faces(post)[0].pk, somebody="1")
    assert faces(post)[0].appearance.kind == "unidentifiable"


def test_whoever_is_no_face_is_added_without_one(trust, post, signed_in):
    page = signed_in(trust.tessa).get(f"{address(post)}?face=0")
    assert "You are adding somebody who is not one of the faces." in words(page)
    pressed(signed_in(trust.tessa), post, face="0", child=trust.tom.pk)
    assert all(face.is_open for face in faces(post))


def test_a_slip_is_changed(trust, post, signed_in):
    face = faces(post)[0]
    pressed(signed_in(trust.tessa), post, face=face.pk, child=trust.tom.pk)
    answer = pressed(signed_in(trust.tessa), post, open=face.pk)
    assert "3 faces found, 0 accounted for" in words(answer)


def test_a_whole_class_is_ticked(trust, post, signed_in):
    trust.tom, trust.rose  # noqa: B018
    listed = signed_in(trust.tessa).get(f"{address(post)}?form={trust.tom.form}").text
    assert f'type="checkbox" name="child" value="{trust.tom.pk}"' in listed
    assert f'name="child" value="{trust.amira.pk}"' not in listed
    both = [trust.tom.pk, trust.rose.pk]
    answer = pressed(signed_in(trust.tessa), post, face=faces(post)[0].pk, child=both, ticked="1")
    assert "are in the list. The list has 3 people." in words(answer)
    assert faces(post)[0].is_open


def test_who_was_named_lately_is_offered(trust, post, signed_in):
    trust.draft(children=[trust.tom])
    page = words(signed_in(trust.tessa).get(address(post)))
    assert "Named lately Tom Rees" in page


def test_a_face_of_another_photo_is_not_found(trust, post, signed_in):
    other = trust.draft(children=[trust.tom])
    [face, *_] = faces(other)
    answer = signed_in(trust.tessa).post(address(post), {"face": face.pk, "nobody": "1"})
    assert answer.status_code == 404


def test_owen_finds_no_such_photo(trust, post, signed_in):
    answer = signed_in(trust.owen).post(address(post), {"face": faces(post)[0].pk, "nobody": "1"})
    assert answer.status_code == 404


def test_without_a_face_it_says_so_and_never_that_all_is_well(trust, signed_in):
    post = trust.draft(children=[trust.amira])
    page = words(signed_in(trust.tessa).get(address(post)))
    assert "We found no faces. Machines miss faces" in page


def test_until_it_was_looked_at_it_says_so_and_asks_again_by_itself(trust, post, signed_in):
    Look.objects.update(state="waiting", looked_at=None)
    page = signed_in(trust.tessa).get(address(post)).text
    assert "Not checked yet: GoLive is looking for faces and writing." in page
    assert 'hx-trigger="every 3s"' in page


def test_while_nothing_is_new_the_page_is_not_disturbed(trust, post, signed_in):
    Look.objects.update(state="looking", looked_at=None)
    headers = {"HX-Request": "true", "HX-Target": "in-it"}
    client = signed_in(trust.tessa)
    assert client.get(f"{address(post)}?poll=1", headers=headers).status_code == 204
    Look.objects.update(state="failed")
    answer = client.get(f"{address(post)}?poll=1", headers=headers)
    assert "Not checked: GoLive could not look" in answer.text
    assert "who-said" not in answer.text
    assert '<select class="form-select" id="mark"' not in answer.text


def test_what_can_no_longer_be_changed_leads_to_its_page(trust, post, signed_in):
    page = address(post)
    Post.objects.filter(pk=post.pk).update(state="withdrawn")
    headers = {"HX-Request": "true", "HX-Target": "in-it"}
    answer = signed_in(trust.tessa).get(f"{page}?poll=1", headers=headers)
    assert answer.headers["HX-Redirect"] == f"/posts/{post.pk}/"


def test_ticking_one_of_a_class_says_nothing_of_a_face(trust, post, signed_in):
    face = faces(post)[0]
    pressed(signed_in(trust.tessa), post, face=face.pk, child=trust.tom.pk, ticked="1")
    face.refresh_from_db()
    assert face.is_open


def test_ticking_nobody_says_what_to_do(trust, post, signed_in):
    answer = pressed(signed_in(trust.tessa), post, face=faces(post)[0].pk, ticked="1")
    assert "Tick at least one pupil of the class." in words(answer)


def test_two_pupils_of_one_name_are_told_apart_wherever_they_are_offered(trust, eyes, signed_in):
    eyes.see_faces(1)
    one, two = (trust.child("Noah", "Reed", born_on=date(2015, 5, day)) for day in (1, 2))
    trust.draft(children=[one, two])
    post = trust.draft(photos=1)
    client = signed_in(trust.tessa)
    lately = client.get(address(post)).text.split("Named lately")[1].split("</details>")[0]
    ticks = client.get(f"{address(post)}?form={one.form}").text.split("tick who is in")[1]
    for child in (one, two):
        assert child.birthday in lately
        assert child.birthday in ticks


def test_one_person_with_several_faces_is_pointed_out(trust, post, signed_in):
    for face in faces(post)[:2]:
        answer = pressed(signed_in(trust.tessa), post, face=face.pk, child=trust.tom.pk)
    assert "Several faces are said to be those of Tom R." in words(answer)


def test_change_says_who_left_the_list_and_takes_the_tick_away(trust, post, signed_in):
    face = faces(post)[0]
    pressed(signed_in(trust.tessa), post, face=face.pk, child=trust.tom.pk)
    answer = pressed(signed_in(trust.tessa), post, open=face.pk)
    assert "Tom Rees is in the list no longer." in words(answer)
    assert 'name="people_complete"> I looked' in answer.text


def test_a_press_asks_as_much_for_half_a_class_as_for_one(trust, post, signed_in):
    client = signed_in(trust.tessa)
    others = [trust.child(f"Pupil{n}", "Reed").pk for n in range(7)]
    one = asked(lambda: pressed(client, post, child=others[:1], ticked="1"))
    assert asked(lambda: pressed(client, post, child=others[1:], ticked="1")) == one


def test_what_could_not_be_looked_at_can_be_tried_again_here(trust, post, signed_in):
    Look.objects.update(state="failed", looked_at=None)
    assert "Not checked: GoLive could not look" in signed_in(trust.tessa).get(address(post)).text
    signed_in(trust.tessa).post(address(post), {"again": "1"})
    assert Look.objects.get().state == "waiting"


def test_writing_is_shown_with_what_it_looks_like(trust, eyes, signed_in):
    eyes.read("Certificate for Amira Khan", "Way out")
    assert trust.amira
    post = trust.draft(photos=1)
    page = words(signed_in(trust.tessa).get(address(post)))
    assert "Looks like the name of somebody at the school." in page
    assert "1 more, in which nothing speaks for a name" in page


def test_somebody_looked_and_it_tells_nobody(trust, eyes, signed_in):
    eyes.read("Amira Khan")
    assert trust.amira
    post = trust.draft(photos=1)
    found = Found.objects.get()
    answer = pressed(signed_in(trust.tessa), post, calm=found.pk)
    assert "You looked: it does not tell who or where a child is." in words(answer)
    found.refresh_from_db()
    assert found.settled_by == trust.tessa


def test_many_unread_marks_are_settled_together_but_no_name_with_them(trust, eyes, signed_in):
    assert trust.amira
    eyes.read("Amira Khan", "||", "~~", sure=0.3)
    post = trust.draft(photos=1)
    page = signed_in(trust.tessa).get(address(post)).text
    form = page.split("I looked at all 2 that could not be read")[0].rsplit("<form", 1)[1]
    name = Found.objects.get(hint="name")
    assert form.count('name="calm"') == 2
    assert f'value="{name.pk}"' not in form


def test_its_questions_do_not_grow_with_the_faces(trust, eyes, signed_in):
    one = trust.draft(photos=1)
    eyes.see_faces(8)
    eyes.read("Amira Khan", "Way out", "||")
    many = trust.draft(photos=1)
    client = signed_in(trust.tessa)
    client.get(address(one))
    assert asked(lambda: client.get(address(many))) == asked(lambda: client.get(address(one)))


def test_r_166_beside_the_photos_it_says_what_good_alt_text_says(trust, signed_in):
    post = trust.draft(photos=1)
    page = signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/").text
    assert 'aria-describedby="alt-help"' in page
    assert 'id="alt-help">Good alt text says in one sentence what can be seen' in page
