"""Faces that can be clearly seen, as the trust wants it on each platform (R-156)."""

from __future__ import annotations

import pytest

from approvals import actions as approvals
from policy import branding
from policy.models import Platform
from posts.errors import Refused
from schools.errors import NotAllowed
from tests.cast import declared
from tests.posts.origins.saying import found, photo_of, say, told

pytestmark = pytest.mark.django_db
RULES = ("faces_not_shown", "faces_shown")


def wants(trust, level: str, key: str = "news") -> None:
    branding.set_faces(levels={trust.platform(key).pk: level}, by=trust.cara)


def test_r_156_where_faces_are_allowed_nobody_is_asked(trust):
    assert found(trust.draft(photos=1), *RULES) == []


def test_r_156_not_permitted_stops_a_photo_with_a_clear_face(trust):
    post = trust.draft(photos=1)
    wants(trust, "not")
    say(trust, post, face_clear=True)
    with pytest.raises(Refused, match="it cannot be shown on News page"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_156_it_is_stopped_there_alone_with_a_way_out(trust):
    post = trust.draft(photos=1, channels=["news", "facebook"])
    wants(trust, "not", "facebook")
    say(trust, post, face_clear=True)
    [finding] = found(post, *RULES)
    assert finding.channels == (trust.channel("facebook").pk,)
    assert [way.verb for way in finding.ways] == ["leave_out"]


def test_r_156_ask_why_asks_for_words(trust):
    post = trust.draft(photos=1)
    wants(trust, "ask")
    say(trust, post, face_clear=True)
    [finding] = found(post, *RULES)
    assert finding.asks


@pytest.mark.parametrize("level", ["ask", "not"])
def test_r_156_where_it_matters_not_saying_stops_the_post(trust, level):
    post = trust.draft(photos=1)
    wants(trust, level)
    assert told(post, *RULES) == ["Say whether a face can be clearly seen in photo 1."]
    say(trust, post, face_clear=False)
    assert found(post, *RULES) == []


def test_r_156_the_trust_sets_it_on_a_page(trust, signed_in):
    form = {f"faces_{p.pk}": "ask" for p in Platform.objects.all()}
    signed_in(trust.cara).post("/policy/faces/", form)
    assert set(Platform.objects.values_list("faces", flat=True)) == {"ask"}


def test_r_156_nobody_else_sets_it(trust, signed_in):
    with pytest.raises(NotAllowed):
        branding.set_faces(levels={trust.platform("news").pk: "not"}, by=trust.hana)
    assert signed_in(trust.hana).get("/policy/faces/").status_code == 404


def test_the_author_says_it_on_the_photos_page(trust, signed_in):
    post = trust.draft(photos=1)
    form = {"rights": "ours", "taken_with": f"device:{trust.tablet.pk}", "face": "yes"}
    signed_in(trust.tessa).post(f"/posts/photos/{photo_of(post).pk}/origin/", form)
    assert photo_of(post).face_clear is True
