"""Photos are looked at one by one in the background; "not checked" is never shown as fine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from posts import marks, picturing, spotting
from posts.checks import check
from posts.models import Found, Look, Picture, Post
from posts.processing import process_waiting
from posts.settling import look_again
from posts.spotting import LEASE, MOST_TRIES, spot_waiting
from tests.cast import Trusty
from tests.plugins.eyes import Eyes

pytestmark = pytest.mark.django_db


def photo(trust: Trusty, post: Post | None = None) -> Picture:
    [picture] = trust.add_photos(post or trust.draft(), 1)
    return picture


def said(post: Post, rule: str) -> list[str]:
    return [f.message for f in check(post).findings if f.rule == rule]


@pytest.fixture
def asked(trust: Trusty) -> Picture:
    """Prepared, and looked for in by nobody yet."""
    post = trust.draft()
    picture = photo(trust, post)
    picture.found.all().delete()
    Look.objects.filter(picture=picture).update(
        state="waiting", tries=0, looked_at=None, lease_until=None
    )
    return picture


def test_a_photo_that_is_ready_waits_to_be_looked_at(trust, asked):
    assert spot_waiting() == 1
    assert Look.objects.get(picture=asked).is_done


def test_until_then_it_is_not_checked_and_holds_the_post(trust, asked):
    [message] = said(asked.post, "picture_ready")
    assert message.startswith("Photo 1 is not checked yet")


def test_what_is_found_is_kept_from_left_to_right(trust, asked, eyes: Eyes):
    eyes.see_faces(3)
    eyes.faces.reverse()
    spot_waiting()
    lefts = [found.left for found in asked.found.all()]
    assert lefts == sorted(lefts)
    assert len(lefts) == 3


def test_a_look_that_fails_is_tried_again(trust, asked, eyes: Eyes):
    eyes.trouble = "it took too long"
    spot_waiting()
    assert Look.objects.get(picture=asked).state == Look.State.WAITING
    eyes.trouble = ""
    spot_waiting()
    assert Look.objects.get(picture=asked).is_done


def test_one_that_fails_to_the_end_says_that_it_is_not_checked(trust, asked, eyes: Eyes):
    eyes.trouble = "it ended"
    for _ in range(MOST_TRIES):
        spot_waiting()
    assert Look.objects.get(picture=asked).state == Look.State.FAILED
    [finding] = [f for f in check(asked.post).findings if f.rule == "picture_ready"]
    assert finding.blocks
    assert finding.message.startswith("Photo 1 is not checked: GoLive could not look at it")


def test_it_is_not_tried_for_ever(trust, asked, eyes: Eyes):
    eyes.trouble = "it ended"
    for _ in range(MOST_TRIES + 3):
        spot_waiting()
    assert eyes.looked == MOST_TRIES + 1  # the one of the fixture


def test_somebody_may_let_it_try_again(trust, asked, eyes: Eyes):
    Look.objects.filter(picture=asked).update(state="failed")
    look_again(picture=asked, by=trust.tessa)
    spot_waiting()
    assert Look.objects.get(picture=asked).is_done
    assert said(asked.post, "picture_ready") == []


def test_a_worker_that_died_loses_nothing(trust, asked, eyes: Eyes):
    until = timezone.now() + LEASE
    Look.objects.filter(picture=asked).update(state="looking", tries=1, lease_until=until)
    assert spot_waiting() == 0
    assert spot_waiting(at=until + timedelta(seconds=1)) == 1
    assert Look.objects.get(picture=asked).is_done


def test_the_word_of_a_worker_that_was_given_up_counts_for_nothing(trust, asked, eyes: Eyes):
    """It was slow, another took over and found one face; then the slow one comes with five."""

    class Slow(Eyes):
        def look(self, photo):  # type: ignore[no-untyped-def]
            eyes.see_faces(1)
            spot_waiting(at=timezone.now() + LEASE + timedelta(seconds=1))
            return super().look(photo)

    slow = Slow()
    slow.see_faces(5)
    spot_waiting(looker=slow)  # type: ignore[arg-type]
    assert asked.found.count() == 1


def test_a_photo_removed_meanwhile_leaves_nothing(trust, asked, eyes: Eyes):
    eyes.see_faces(2)

    class Removing(Eyes):
        def look(self, photo):  # type: ignore[no-untyped-def]
            seen = eyes.look(photo)
            picturing.remove(picture=asked, by=trust.tessa)
            return seen

    spot_waiting(looker=Removing())  # type: ignore[arg-type]
    assert Found.objects.count() == 0


def test_the_machine_says_of_no_face_whose_it_is(trust, asked, eyes: Eyes):
    """Amira was marked there before; still a person says that it is her face."""
    eyes.see_faces(2)
    appearance = picturing.show_child(picture=asked, child=trust.amira, by=trust.tessa)
    marks.mark(appearance=appearance, box=eyes.faces[1].box, by=trust.tessa)
    spot_waiting()
    assert all(face.is_open for face in asked.found.all())


def test_two_workers_do_not_take_one_photo(trust, asked):
    [one] = Look.objects.waiting(timezone.now())
    [two] = Look.objects.waiting(timezone.now())
    now = timezone.now()
    assert spotting._claim(one, now)
    Look.objects.filter(pk=one.pk).update(state="waiting", lease_until=None)
    assert not spotting._claim(two, now)


def test_a_photo_nobody_asked_about_can_be_asked_about(trust, asked):
    """A worker of the version before, in the minute of an update."""
    Look.objects.all().delete()
    [message] = said(asked.post, "picture_ready")
    assert "Let it try again" in message
    look_again(picture=asked, by=trust.tessa)
    spot_waiting()
    assert said(asked.post, "picture_ready") == []


def test_p9_no_log_says_what_was_read(trust, asked, eyes: Eyes, caplog, capsys):
    eyes.read("Amira Khan")
    spot_waiting()
    eyes.trouble = "it ended"
    Look.objects.filter(picture=asked).update(state="waiting")
    spot_waiting()
    out = capsys.readouterr()
    assert "Amira" not in caplog.text + out.out + out.err


def test_the_networks_themselves_find_nobody_in_a_drawing_without_people(trust, real_eyes):
    post = trust.draft()
    picture = photo(trust, post)
    assert Look.objects.get(picture=picture).is_done
    assert not picture.found.filter(sort="face").exists()


def test_a_photo_that_is_prepared_asks_for_a_look_of_its_own_accord(trust, eyes: Eyes):
    post = trust.draft()
    photo(trust, post)
    assert process_waiting() == 0
    assert Look.objects.count() == 1
