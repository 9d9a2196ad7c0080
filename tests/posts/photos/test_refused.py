"""What is no photo, or would hurt, is refused in a plain sentence and leaves nothing behind."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from posts.checks import check
from posts.models import Picture
from schools.models import Trust
from tests.cast import Trusty
from tests.posts.photos import making
from tests.posts.photos.uploading import added, kept, looked_at, page, sent, signed_in

NOT_A_PHOTO = "This is not a photo that GoLive can open. Add a JPEG, PNG, WebP, GIF or HEIC."
DAMAGED = "The file is damaged or cut off. Save the photo again and add it once more."
SMALLER = (
    "On your phone choose a smaller size, or send it to yourself by mail as “large” rather than "
    "“original”, and add that."
)
TOO_MANY = f"This photo is larger than 250 megapixels. {SMALLER}"
MORE = (
    "This file holds something else besides a photo. Save the photo again as a JPEG and add that."
)
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", HTML)
    return out.getvalue()


PHOTO = making.encoded(making.quarters(800, 600), "JPEG")
BAD = {
    "a decompression bomb": (making.bomb(), TOO_MANY),
    "a bomb in a text block": (making.text_bomb(), NOT_A_PHOTO),
    "a JPEG cut off in the middle": (PHOTO[: len(PHOTO) // 2], DAMAGED),
    "a PNG cut off in the middle": (
        making.encoded(making.quarters(800, 600), "PNG")[:900],
        DAMAGED,
    ),
    "a HEIC cut off in the middle": (making.photo("HEIF")[:-200], NOT_A_PHOTO),
    "a drawing in SVG": (SVG, NOT_A_PHOTO),
    "a web page": (HTML, NOT_A_PHOTO),
    "a web page that begins like a GIF": (b"GIF89a" + HTML, NOT_A_PHOTO),
    "a document": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", NOT_A_PHOTO),
    "an archive": (_zip(), NOT_A_PHOTO),
    "an old TIFF": (making.photo("TIFF"), NOT_A_PHOTO),
    "a JPEG that is an archive as well": (PHOTO + _zip(), MORE),
    "a GIF that is an archive as well": (making.photo("GIF") + _zip(), MORE),
    "a JPEG with a web page after its end": (PHOTO + HTML, MORE),
    "a JPEG with a drawing after its end": (PHOTO + SVG, MORE),
    "an empty file": (b"", "The file is empty. Add the photo again."),
    "noise": (bytes(range(256)) * 40, NOT_A_PHOTO),
}


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


@pytest.mark.parametrize("kind", BAD)
def test_it_is_refused_with_a_sentence_that_says_how_to_mend_it(trust: Trusty, kind: str) -> None:
    data, sentence = BAD[kind]
    picture = added(trust, data)
    assert (picture.state, picture.problem) == (Picture.State.REFUSED, sentence)


def test_no_file_of_any_of_them_is_left_behind(trust: Trusty) -> None:
    before, post = kept(), trust.draft()
    sent(trust, post, *((f"{n}.jpg", data) for n, (data, _) in enumerate(BAD.values())))
    looked_at()
    assert {p.state for p in post.pictures.all()} == {Picture.State.REFUSED}
    assert kept() == before


def test_the_sentence_stands_on_the_page(trust: Trusty) -> None:
    picture = added(trust, HTML)
    shown = page(trust, picture.post)
    assert NOT_A_PHOTO in shown
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
    sent(trust, post, ("a.jpg", b""), ("b.jpg", PHOTO), ("c.jpg", HTML), ("d.png", PHOTO))
    looked_at()
    assert [p.state for p in post.pictures.all()] == ["refused", "ready", "refused", "ready"]


def test_a_post_with_a_refused_photo_cannot_go_to_the_head(trust: Trusty) -> None:
    picture = added(trust, HTML)
    verdict = check(picture.post)
    assert not verdict.may_go
    assert f"Photo 1 cannot be used. {NOT_A_PHOTO}" in [f.message for f in verdict.findings]


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
    many = [(f"{n}.jpg", PHOTO) for n in range(21)]
    answer = sent(trust, post, *many)
    assert "A post takes up to 20 photos." in answer.content.decode()
    assert not post.pictures.exists()


def test_what_a_phone_puts_after_the_end_is_no_reason_to_refuse(trust: Trusty) -> None:
    film = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 100 + b"SEFT"
    assert added(trust, PHOTO + film).is_ready
