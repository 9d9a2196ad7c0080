"""A real WordPress at the far end, reached as the program reaches it: approved, swept, sent."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from approvals import actions as approvals
from consents.actions import withdraw
from posts import picturing
from posts.models import Post
from posts.origins.actions import we_took_them
from posts.processing import process_waiting
from posts.spotting import spot_waiting
from publishing import connecting, looking, reviewing, taking_down
from publishing.content import account_for, content_for
from publishing.lifecycle import DeliveryState
from publishing.models import Attempt, Connection
from publishing.platforms import web
from publishing.platforms.shape import Rejected
from publishing.platforms.wordpress import slug as wordpress_slug
from publishing.sending import send
from tests.cast import declared, drawn
from tests.publishing.platforms.places import photos_on

pytestmark = [pytest.mark.server, pytest.mark.django_db]

D = DeliveryState
LATER = timedelta(minutes=2)
# Each call of one publication, as the wire sees it.
STEPS = {
    "looking": ("GET", ".*/posts"),
    "drafting": ("POST", ".*/posts"),
    "uploading": ("POST", ".*/media"),
    "making it public": ("POST", r".*/posts/\d+"),
}


@pytest.fixture
def sent(trust, real_place):
    """`sent(children=[...])`: Oak's post, approved by Hana and sent; its delivery."""

    def walk(**draft):
        return _delivered(trust, trust.published(channels=["website"], **draft))

    return walk


def _delivered(trust, post):
    return trust.delivery(post, "website")


def _slug(delivery):
    return f"golive-{delivery.key}"


# ── it arrives ───────────────────────────────────────────────────────────────────────────────────
def test_the_posts_link_answers_and_shows_the_words(sent, wordpress):
    delivery = sent(text="Year 4 built an aqueduct.")
    assert delivery.state == D.SENT, delivery.problem
    page = wordpress.seen(delivery.url)
    assert page.status_code == 200
    assert "Year 4 built an aqueduct." in page.text


def test_the_alt_text_is_in_the_media_library_and_on_the_page(sent, trust, wordpress):
    delivery = sent(children=[trust.amira])
    (photo,) = wordpress.rest("media", parent=delivery.remote_id)
    assert photo["alt_text"] == "Pupils beside a model"
    page = wordpress.seen(delivery.url).text
    assert (photo["source_url"], "Pupils beside a model") in photos_on(page)


def test_several_photos_arrive_once_each_and_in_order(sent, trust, wordpress):
    delivery = sent(children=[trust.amira], photos=3)
    on_page = photos_on(wordpress.rest(f"posts/{delivery.remote_id}")["content"]["raw"])
    names = [url.rpartition("/")[2][:8] for url, _ in on_page]
    assert names == ["photo-01", "photo-02", "photo-03"]
    assert len(wordpress.rest("media", parent=delivery.remote_id)) == 3


@pytest.mark.failure(29)
def test_the_website_has_the_very_bytes_that_were_approved(sent, trust, wordpress):
    delivery = sent(children=[trust.amira])
    (photo,) = wordpress.rest("media", parent=delivery.remote_id)
    (approved,) = delivery.submission.content["channels"][0]["photos"]
    there = wordpress.seen(photo["source_url"]).content
    assert hashlib.sha256(there).hexdigest() == approved["sha256"]


def test_the_photo_on_the_website_carries_no_metadata(trust, real_place, wordpress):
    post = trust.draft(channels=["website"])
    _add(post, trust, _with_metadata())
    approvals.approve(
        submission=approvals.submit(
            post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared()
        ),
        by=trust.hana,
    )
    trust.send_all()
    delivery = _delivered(trust, post)
    (photo,) = wordpress.rest("media", parent=delivery.remote_id)
    sizes = photo["media_details"]["sizes"].values()
    for url in {photo["source_url"], *(size["source_url"] for size in sizes)}:
        image = Image.open(io.BytesIO(wordpress.seen(url).content))
        assert not image.getexif(), url
        assert not {"xmp", "exif", "photoshop"} & set(image.info), url
        # PHP's own image library signs the sizes that WordPress makes.
        assert image.info.get("comment", b"CREATOR: gd-jpeg").startswith(b"CREATOR: gd-jpeg"), url
    told = photo["media_details"]["image_meta"]
    assert not [name for name, value in told.items() if value not in ("", "0", 0, [])], told


def _with_metadata():
    """A photo as a phone makes it: where, with what, and a remark."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Brand", "Phone 12"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    out = io.BytesIO()
    image = Image.open(io.BytesIO(drawn(1)))
    image.save(out, "JPEG", exif=exif.tobytes(), comment=b"Amira Khan, 4B")
    return out.getvalue()


def _add(post, trust, data):
    file = SimpleUploadedFile("IMG_1.jpg", data, content_type="image/jpeg")
    (picture,) = picturing.add(post=post, files=[file], by=trust.tessa)
    while process_waiting() or spot_waiting():
        pass
    we_took_them(post=post, device=trust.camera, by=trust.tessa)
    picture = post.pictures.get()
    picturing.show_child(picture=picture, child=trust.amira, by=trust.tessa)
    picturing.describe(picture=picture, alt_text="A model", is_decorative=False, by=trust.tessa)
    picturing.declare(picture=picture, people_complete=True, nothing_readable=True, by=trust.tessa)


def test_a_delivery_that_is_handed_out_twice_is_one_post(sent, wordpress):
    delivery = sent()
    send(delivery.pk)
    assert len(wordpress.posts(_slug(delivery))) == 1


def test_a_worker_that_died_when_the_post_was_there_leaves_one_post(trust, real_place, wordpress):
    delivery = real_place.due(children=[trust.amira])
    real_place.publish(content_for(delivery), account_for(delivery))
    trust.send_all()
    delivery.refresh_from_db()
    assert delivery.state == D.SENT
    assert len(wordpress.posts(_slug(delivery))) == 1


# ── the wire breaks ──────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("how", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_wherever_the_wire_is_cut_it_ends_as_one_post(
    trust, real_place, wordpress, wire, step, how
):
    delivery = real_place.due(children=[trust.amira])
    wire.cut(how, *STEPS[step])
    trust.send_all()
    trust.send_all(at=timezone.now() + LATER)
    delivery.refresh_from_db()
    if (step, how) == ("making it public", "before"):
        assert delivery.state == D.UNKNOWN, "it might have been on its way"
        assert [p["status"] for p in wordpress.posts(_slug(delivery))] == ["draft"]
        return
    assert delivery.state == D.SENT, delivery.problem
    assert [p["status"] for p in wordpress.posts(_slug(delivery))] == ["publish"]
    assert len(wordpress.rest("media", parent=delivery.remote_id)) == 1


def test_a_website_that_falls_silent_after_the_last_call_leaves_an_unknown(
    trust, real_place, wordpress, wire
):
    delivery = real_place.due()
    _silent_after_the_last_call(wire)
    trust.send_all()
    trust.send_all(at=timezone.now() + LATER)
    delivery.refresh_from_db()
    assert delivery.state == D.UNKNOWN
    assert wire.count("POST", r".*/posts/\d+") == 1, "no machine sends it again"


def test_looking_finds_the_unknown_by_its_slug(trust, real_place, wordpress, wire):
    delivery = real_place.due()
    _silent_after_the_last_call(wire)
    trust.send_all()
    wire.mend()
    delivery = trust.delivery(delivery.post, "website")
    assert looking.look(delivery)
    assert delivery.state == D.SENT
    assert wordpress.seen(delivery.url).status_code == 200
    assert delivery.attempts.last().step == Attempt.Step.FOUND


def _silent_after_the_last_call(wire):
    wire.cut("after", *STEPS["making it public"])
    wire.cut("before", "GET", r".*/posts/\d+", times=0)


def test_an_answer_that_comes_too_late_does_not_double(
    trust, real_place, wordpress, wire, monkeypatch
):
    monkeypatch.setattr(web, "READ_SECONDS", 0.8)
    delivery = real_place.due()
    wire.cut("late", *STEPS["making it public"], seconds=1.2)
    trust.send_all()
    trust.send_all(at=timezone.now() + LATER)
    delivery.refresh_from_db()
    assert delivery.state in {D.SENT, D.UNKNOWN}
    assert [p["status"] for p in wordpress.posts(_slug(delivery))] == ["publish"]


def test_what_nobody_may_see_any_more_is_gone_although_its_upload_was_cut(
    trust, real_place, wordpress, wire
):
    before = wordpress.files()
    delivery = real_place.due(children=[trust.amira])
    wire.cut("after", *STEPS["uploading"])
    trust.send_all()
    trust.send_all(at=timezone.now() + LATER)
    delivery.refresh_from_db()
    taking_down.take_down(delivery=delivery, by=trust.hana, reason="A test")
    assert wordpress.files() == before


# ── it goes away ─────────────────────────────────────────────────────────────────────────────────
def test_a_take_down_removes_the_post_and_every_file_of_its_photos(sent, trust, wordpress):
    before = wordpress.files()
    delivery = sent(children=[trust.amira], photos=2)
    photos = [m["source_url"] for m in wordpress.rest("media", parent=delivery.remote_id)]
    assert {wordpress.seen(url).status_code for url in photos} == {200}
    taking_down.take_down(delivery=delivery, by=trust.hana, reason="A test")
    assert delivery.state == D.TAKEN_DOWN, delivery.problem
    assert {wordpress.seen(url).status_code for url in [delivery.url, *photos]} == {404}
    assert wordpress.files() == before


def test_a_withdrawal_takes_the_live_post_and_its_photo_down(sent, trust, wordpress):
    delivery = sent(children=[trust.amira])
    (photo,) = wordpress.rest("media", parent=delivery.remote_id)
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)
    reviewing.review_live()
    assert wordpress.seen(delivery.url).status_code == 404
    assert wordpress.seen(photo["source_url"]).status_code == 404


def test_a_take_down_of_what_somebody_deleted_there_still_removes_the_photo(sent, trust, wordpress):
    delivery = sent(children=[trust.amira])
    (photo,) = wordpress.rest("media", parent=delivery.remote_id)
    wordpress.delete(f"posts/{delivery.remote_id}")
    assert wordpress.seen(photo["source_url"]).status_code == 200, "WordPress keeps the photo"
    taking_down.take_down(delivery=delivery, by=trust.hana, reason="A test")
    assert delivery.state == D.TAKEN_DOWN, delivery.problem
    assert wordpress.seen(photo["source_url"]).status_code == 404


def test_a_take_down_that_cannot_reach_the_website_waits_for_a_person(sent, trust, wire):
    delivery = sent()
    wire.cut("before", times=0)
    taking_down.take_down(delivery=delivery, by=trust.hana, reason="A test")
    assert delivery.state == D.CANNOT_TAKE_DOWN


# ── it is refused ────────────────────────────────────────────────────────────────────────────────
def test_a_password_that_no_longer_works_is_said_in_words(trust, real_place, wordpress):
    delivery = real_place.due()
    Connection.objects.update(secret="revoked revoked")
    trust.send_all()
    delivery.refresh_from_db()
    assert delivery.state == D.FAILED
    assert delivery.problem == (
        "The website no longer accepts our password. Connect the channel again."
    )
    assert wordpress.posts(_slug(delivery)) == []


def test_a_channel_whose_password_fails_asks_to_be_connected_again(trust, real_place, signed_in):
    real_place.due()
    Connection.objects.update(secret="revoked revoked")
    trust.send_all()
    channel = trust.channel("website")
    page = signed_in(trust.cara).get(f"/publishing/channels/{channel.pk}/").content.decode()
    assert "no longer accepts our password" in page


def test_connecting_again_mends_the_channel(trust, real_place, wordpress, wire):
    delivery = real_place.due()
    Connection.objects.update(secret="revoked revoked")
    trust.send_all()
    name, password = wordpress.signed_in()
    channel = trust.channel("website")
    connecting.connect(
        channel=channel, base_url=wire.url, username=name, secret=password, by=trust.cara
    )
    assert Connection.objects.get().health == ""
    trust.uma  # noqa: B018 (the authorised user is made when first asked for)
    delivery.refresh_from_db()
    looking.send_again(delivery=delivery, by=trust.uma)
    trust.send_all()
    delivery.refresh_from_db()
    assert delivery.state == D.SENT, delivery.problem


@pytest.mark.parametrize("photos", [0, 1])
def test_a_contributor_is_refused_in_words_and_leaves_nothing(trust, real_place, wordpress, photos):
    before = wordpress.files()
    delivery = real_place.due(children=[trust.amira] * photos)
    name, password = wordpress.signed_in("contributor")
    Connection.objects.update(username=name, secret=password)
    trust.send_all()
    delivery.refresh_from_db()
    assert delivery.state == D.FAILED
    assert delivery.problem == (
        "The website’s account may not do this. It needs to be an author there."
    )
    assert wordpress.posts(_slug(delivery)) == []
    assert wordpress.files() == before


def test_a_contributor_cannot_be_connected(trust, real_place, wordpress, wire):
    name, password = wordpress.signed_in("contributor")
    facts = connecting.connect(
        channel=trust.channel("website"),
        base_url=wire.url,
        username=name,
        secret=password,
        by=trust.cara,
    )
    assert "GoLive contributor may not publish there." in facts.sentence
    assert Connection.objects.get().username == wordpress.signed_in()[0]


def test_a_photo_the_website_refuses_is_not_tried_again_and_leaves_nothing(
    trust, real_place, wordpress
):
    content = real_place.content(children=[trust.amira])
    photo = dataclasses.replace(content.photos[0], data=b"no photo at all", file_name="x.jpg")
    with pytest.raises(Rejected, match="refuses this photo"):
        real_place.publish(dataclasses.replace(content, photos=(photo,)))
    assert wordpress.posts(wordpress_slug(content)) == []


def test_a_second_photo_that_is_refused_takes_the_first_with_it(trust, real_place, wordpress):
    before = wordpress.files()
    content = real_place.content(children=[trust.amira])
    bad = dataclasses.replace(content.photos[0], data=b"no photo", sha256="0" * 64)
    with pytest.raises(Rejected, match="refuses this photo"):
        real_place.publish(dataclasses.replace(content, photos=(content.photos[0], bad)))
    assert wordpress.files() == before


# ── what is in the middle ────────────────────────────────────────────────────────────────────────
def test_a_draft_and_its_photos_cannot_be_listed_by_the_public(trust, real_place, wordpress, wire):
    delivery = real_place.due(children=[trust.amira])
    wire.cut("before", *STEPS["making it public"])
    trust.send_all()
    (draft,) = wordpress.posts(_slug(delivery))
    assert draft["status"] == "draft"
    listed = wordpress.seen(f"{wordpress.url}/wp-json/wp/v2/media?parent={draft['id']}")
    assert listed.json() == []
    assert wordpress.seen(f"{wordpress.url}/wp-json/wp/v2/posts/{draft['id']}").status_code == 401


def test_a_post_that_somebody_there_holds_back_is_a_matter_for_people(trust, real_place, wordpress):
    delivery = real_place.due()
    real_place.publish(content_for(delivery), account_for(delivery))
    wordpress.change(f"posts/{real_place.known['post']}", status="private")
    trust.send_all()
    delivery.refresh_from_db()
    assert delivery.state == D.UNKNOWN
    assert delivery.problem == "The post is on the website but not public. Look at it there."
