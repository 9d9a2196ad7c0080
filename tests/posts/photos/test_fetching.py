"""R-048: taking a photo away in full size asks why, is written down, and is seen with the post."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from audit.models import Event
from posts import picturing
from posts.models import Fetched, Picture, Question
from schools.roles import Role
from tests.cast import Trusty, ready
from tests.posts.photos import making, reading
from tests.posts.photos.uploading import added, signed_in
from tests.schools.world import patterns

pytestmark = pytest.mark.django_db
WHY = "For the printed newsletter"
ALL_SAID = {"reason": WHY, "for_school": "on"}


@pytest.fixture
def picture(trust: Trusty) -> Picture:
    """A photo of Tessa's, larger than any copy, with everything a camera writes."""
    return added(trust, making.stuffed_jpeg((3_000, 2_000)))


def asked(who: Any, picture: Picture, **said: str) -> Any:
    return signed_in(who).post(f"/posts/photos/{picture.pk}/full-size/", said)


def test_r_048_without_a_reason_nothing_is_handed_out(trust: Trusty, picture: Picture) -> None:
    answer = asked(trust.tessa, picture, reason="  ", for_school="on")
    assert answer.status_code == 422
    assert "Say what you need it for." in answer.content.decode()
    assert not Fetched.objects.exists()


def test_r_048_without_the_tick_that_it_is_for_the_school_nothing_is_handed_out(
    trust: Trusty, picture: Picture
) -> None:
    answer = asked(trust.tessa, picture, reason=WHY)
    assert answer.status_code == 422
    assert "it is for the school’s work" in answer.content.decode()
    assert WHY in answer.content.decode(), "what was typed is still there"
    assert not Fetched.objects.exists()


def test_r_048_it_appears_in_the_photo_s_history_with_who_when_and_why(
    trust: Trusty, picture: Picture
) -> None:
    asked(trust.tessa, picture, **ALL_SAID)
    told = f"Tessa Marlow fetched photo 1 in full size: {WHY}"
    for address in (f"/posts/{picture.post_id}/", f"/posts/photos/{picture.pk}/full-size/"):
        page = signed_in(trust.hana).get(address).content.decode()
        assert told in page
        assert "Today at" in page
    event = Event.objects.get(verb="picture.fetched")
    assert (event.actor_id, event.subject_id) == (trust.tessa.pk, picture.pk)
    assert WHY not in str(event.facts)


def test_r_048_what_is_handed_out_is_as_large_as_it_was_and_nothing_but_pixels(
    trust: Trusty, picture: Picture
) -> None:
    answer = asked(trust.tessa, picture, **ALL_SAID)
    assert reading.traces(answer.content) == []
    assert reading.size(answer.content) == (3_000, 2_000)
    assert reading.corners(answer.content) == list(making.QUARTERS)


def test_it_is_a_file_to_save_that_no_browser_keeps(trust: Trusty, picture: Picture) -> None:
    answer = asked(trust.tessa, picture, **ALL_SAID)
    assert answer["Content-Disposition"].startswith('attachment; filename="photo-01-')
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_looking_at_the_page_hands_out_and_writes_nothing(trust: Trusty, picture: Picture) -> None:
    page = signed_in(trust.tessa).get(f"/posts/photos/{picture.pk}/full-size/")
    assert page["Content-Type"].startswith("text/html")
    assert not Fetched.objects.exists()


def test_a_photo_that_cannot_be_made_is_not_written_down_as_fetched(
    trust: Trusty, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posts.fetching.MEMORY_MIB", 60)
    answer = asked(trust.tessa, picture, **ALL_SAID)
    assert "It could not be made in full size now." in answer.content.decode()
    assert not Fetched.objects.exists()


@pytest.mark.parametrize("who", ["tessa", "hana", "uma", "dot"])
def test_author_and_who_sees_all_the_school_s_posts_may(
    trust: Trusty, picture: Picture, who: str
) -> None:
    assert asked(getattr(trust, who), picture, **ALL_SAID).status_code == 200


@pytest.mark.parametrize("who", ["owen", "pat"])
def test_nobody_else_finds_it(trust: Trusty, picture: Picture, who: str) -> None:
    assert asked(getattr(trust, who), picture, **ALL_SAID).status_code == 404


def test_who_is_only_asked_about_a_post_may_look_and_not_fetch(
    trust: Trusty, picture: Picture
) -> None:
    reader = ready(trust.person("Nadia Cole", Role.STAFF, trust.oak))
    Question.objects.create(
        post_id=picture.post_id,
        asked_by=trust.tessa,
        asked_of=reader,
        topic=Question.Topic.SECOND,
        text="Is it fitting?",
    )
    browser = signed_in(reader)
    seen = browser.get(f"/posts/photos/{picture.pk}/thumb.jpg")
    assert b"".join(seen.streaming_content)
    assert browser.get(f"/posts/photos/{picture.pk}/full-size/").status_code == 404


def test_it_is_on_record_when_the_photo_is_gone(trust: Trusty, picture: Picture) -> None:
    asked(trust.tessa, picture, **ALL_SAID)
    picturing.remove(picture=picture, by=trust.tessa)
    page = signed_in(trust.hana).get(f"/posts/{picture.post_id}/").content.decode()
    assert f"fetched photo 1 in full size: {WHY}" in page


def test_nobody_takes_it_out_of_the_record(trust: Trusty, picture: Picture) -> None:
    asked(trust.tessa, picture, **ALL_SAID)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fetched.objects.all().delete()


def test_r_048_there_is_no_way_to_fetch_many_at_once() -> None:
    names = {name for name, _ in patterns() if name.startswith("posts:")}
    handing_out = {n for n in names if any(w in n for w in ("full", "zip", "download", "all"))}
    assert handing_out == {"posts:full_size"}


def test_a_phone_s_largest_photo_is_handed_out_within_the_memory_allowed(trust: Trusty) -> None:
    data = making.encoded(making.quarters(12_000, 9_000), "JPEG", quality=60)
    answer = asked(trust.tessa, added(trust, data), **ALL_SAID)
    assert reading.size(answer.content) == (8_192, 6_144)
