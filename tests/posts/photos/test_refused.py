"""What is no photo, or would hurt, is refused in a plain sentence and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from posts.checks import check
from posts.models import Picture
from posts.photos.kinds import WEB_PAGE
from schools.models import Trust
from tests.cast import Trusty
from tests.posts.photos import making
from tests.posts.photos.hostile import FILES, HTML, SMALLER
from tests.posts.photos.uploading import added, kept, looked_at, page, sent, signed_in

SOME = ("a PNG of 400 million points", "a web page", "a ZIP", "a JPEG cut off in the middle")
PHOTO = making.encoded(making.quarters(800, 600), "JPEG")


def large(kind: str, **options: Any) -> bytes:
    """70 megapixels in shades of grey."""
    return making.encoded(Image.linear_gradient("L").resize((10_000, 7_000)), kind, **options)


@pytest.mark.parametrize(
    ("kind", "options"), [("PNG", {}), ("JPEG", {"progressive": True})], ids=["PNG", "in passes"]
)
def test_what_cannot_be_decoded_small_may_not_be_as_large_as_a_phones_jpeg(
    trust: Trusty, kind: str, options: dict[str, Any]
) -> None:
    picture = added(trust, large(kind, **options))
    assert picture.problem == f"This photo is larger than 60 megapixels. {SMALLER}"


def test_no_file_of_any_of_them_is_left_behind(trust: Trusty) -> None:
    before, post = kept(), trust.draft()
    sent(trust, post, *((f"{n}.jpg", FILES[kind][0]()) for n, kind in enumerate(SOME)))
    looked_at()
    assert {p.state for p in post.pictures.all()} == {Picture.State.REFUSED}
    assert kept() == before


def test_the_sentence_stands_on_the_page(trust: Trusty) -> None:
    picture = added(trust, HTML)
    shown = page(trust, picture.post)
    assert WEB_PAGE in shown
    assert "Cannot be used" in shown


def test_a_file_over_the_limit_is_refused_at_once_and_never_kept(trust: Trusty) -> None:
    Trust.objects.update_or_create(pk=1, defaults={"largest_photo_mib": 1})
    before, post = kept(), trust.draft()
    sent(trust, post, ("IMG_1.jpg", PHOTO + b"\0" * 2**20))
    picture = post.pictures.get()
    assert picture.problem == "The file is larger than 1 MB. Save it smaller and add it again."
    assert kept() == before


def test_one_bad_file_does_not_cost_the_good_ones(trust: Trusty) -> None:
    post = trust.draft()
    sent(trust, post, ("a.jpg", b""), ("b.jpg", PHOTO), ("c.jpg", HTML), ("d.png", making.photo()))
    looked_at()
    assert [p.state for p in post.pictures.all()] == ["refused", "ready", "refused", "ready"]


def test_a_post_with_a_refused_photo_cannot_go_to_the_head(trust: Trusty) -> None:
    picture = added(trust, HTML)
    verdict = check(picture.post)
    assert not verdict.may_go
    assert f"Photo 1 cannot be used. {WEB_PAGE}" in [f.message for f in verdict.findings]


def test_a_refused_photo_can_be_taken_out_and_is_gone(trust: Trusty) -> None:
    picture = added(trust, HTML)
    browser = signed_in(trust.tessa)
    browser.post(f"/posts/{picture.post_id}/edit/", {"way": f"remove_picture picture={picture.pk}"})
    assert not Picture.objects.exists()


def test_the_address_of_a_refused_photo_shows_nothing(trust: Trusty) -> None:
    picture = added(trust, HTML)
    answer = signed_in(trust.tessa).get(f"/posts/photos/{picture.pk}/thumb.jpg")
    assert answer.status_code == 404


def test_more_than_twenty_photos_are_not_taken(trust: Trusty) -> None:
    post = trust.draft()
    many = [(f"{n}.jpg", making.photo_of((96, 64 + n))) for n in range(21)]
    answer = sent(trust, post, *many)
    assert "A post takes up to 20 photos." in answer.content.decode()
    assert not post.pictures.exists()


def test_what_a_phone_puts_after_the_end_is_no_reason_to_refuse(trust: Trusty) -> None:
    film = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 100 + b"SEFT"
    assert added(trust, PHOTO + film).is_ready
