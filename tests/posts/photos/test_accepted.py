"""What phones, cameras and scanners make becomes a working copy, whatever the file is called."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageCms

from posts.models import Picture
from posts.photos import process
from posts.photos.look import look
from posts.processing import MEMORY_MIB, SECONDS
from schools.models import Trust
from tests.cast import Trusty
from tests.posts.photos import making, reading
from tests.posts.photos.uploading import added, looked_at, read, sent

Working = Callable[..., bytes]
KINDS = {
    "a JPEG": making.photo("JPEG", quality=95),
    "a progressive JPEG": making.photo("JPEG", quality=95, progressive=True),
    "a PNG": making.photo("PNG"),
    "a WebP": making.photo("WEBP", lossless=True),
    "a HEIC": making.photo("HEIF", quality=95),
    "a GIF": making.photo("GIF"),
    "a CMYK JPEG from a print shop": making.encoded(
        making.quarters(mode="CMYK"), "JPEG", quality=95
    ),
    "a palette PNG": making.encoded(making.quarters().quantize(8), "PNG"),
    "a PNG with an alpha channel": making.encoded(making.quarters(mode="RGBA"), "PNG"),
}


@pytest.fixture
def working(tmp_path: Path) -> Working:
    """The working copy of these bytes."""

    def make(data: bytes, name: str = "working") -> bytes:
        original = tmp_path / "original"
        original.write_bytes(data)
        look(original, tmp_path, 2**25)
        return (tmp_path / f"{name}.jpg").read_bytes()

    return make


@pytest.mark.parametrize("kind", KINDS)
def test_it_becomes_an_upright_jpeg_in_its_own_colours(kind: str, working: Working) -> None:
    assert reading.corners(working(KINDS[kind])) == list(making.QUARTERS)


def test_a_phones_200_megapixels_are_opened_in_less_memory_than_they_would_fill(
    tmp_path: Path,
) -> None:
    (tmp_path / "original").write_bytes(
        making.encoded(Image.linear_gradient("L").resize((16_320, 12_240)), "JPEG")
    )
    found = process(tmp_path / "original", tmp_path, max_bytes=2**25, seconds=60, memory_mib=200)
    assert found.working.width == 2016


@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "PNG"])
def test_a_huge_panorama_fits_into_the_memory_allowed(tmp_path: Path, kind: str) -> None:
    """As a phone makes by turning round: 16 thousand pixels wide."""
    wide = Image.linear_gradient("L").resize((16_382, 3_600)).convert("RGB")
    (tmp_path / "original").write_bytes(making.encoded(wide, kind))
    found = process(
        tmp_path / "original", tmp_path, max_bytes=2**25, seconds=SECONDS, memory_mib=MEMORY_MIB
    )
    assert (found.working.width, found.working.height) == (2016, 443)


def test_a_strip_keeps_at_least_a_line_of_points(working: Working) -> None:
    assert reading.size(working(making.photo_of((30_000, 2)))) == (2016, 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "GIF"])
def test_it_is_ready_after_the_worker_looked(trust: Trusty, kind: str) -> None:
    picture = added(trust, making.photo(kind), "IMG_1")
    assert (picture.state, picture.problem) == (Picture.State.READY, "")


def test_the_content_counts_and_not_the_name(trust: Trusty) -> None:
    picture = added(trust, making.photo("PNG"), "holiday.jpg")
    assert reading.corners(read(picture.working)) == list(making.QUARTERS)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_the_camera_comes_out_upright(
    kind: str, orientation: int, working
) -> None:
    # A HEIC turns by a property of its own, which the library writes from the tag.
    data = making.turned(kind, orientation)
    copy = working(data)
    assert (reading.size(copy), reading.corners(copy)) == ((96, 64), list(making.QUARTERS))


def test_a_broken_block_of_metadata_does_not_cost_the_photo(trust: Trusty) -> None:
    data = bytearray(making.photo("JPEG", exif=making.full_exif(), quality=95))
    at = data.index(b"Exif") + 14
    data[at : at + 60] = b"\xff" * 60
    assert reading.corners(read(added(trust, bytes(data)).working)) == list(making.QUARTERS)


def test_sixteen_bits_of_grey_keep_their_shades(working: Working) -> None:
    deep = Image.new("I;16", (64, 64), 128 * 256)
    with Image.open(io.BytesIO(working(making.encoded(deep, "PNG")))) as image:
        assert abs(image.convert("L").getpixel((32, 32)) - 128) <= 2


def test_sixteen_bits_of_colour_keep_their_colours(working: Working) -> None:
    assert reading.corners(working(making.deep_png())) == list(making.QUARTERS)


def test_the_ten_bits_of_a_phones_heic_keep_their_colours(working: Working) -> None:
    assert reading.corners(working(making.deep_heic())) == list(making.QUARTERS)


def test_a_file_just_within_the_limit_is_taken(trust: Trusty) -> None:
    Trust.objects.update_or_create(pk=1, defaults={"largest_photo_mib": 1})
    data = making.photo()
    assert added(trust, data + b"\0" * (2**20 - len(data))).is_ready


def test_twenty_photos_are_taken_at_once(trust: Trusty) -> None:
    post = trust.draft()
    sent(trust, post, *((f"{n}.jpg", making.photo_of((96, 64 + n))) for n in range(20)))
    looked_at()
    assert [p.state for p in post.pictures.all()] == [Picture.State.READY] * 20


def test_what_is_see_through_lies_on_white(working: Working) -> None:
    clear = making.quarters(mode="RGBA")
    clear.putalpha(0)
    assert set(reading.corners(working(making.encoded(clear, "PNG")))) == {making.WHITE}


def test_a_see_through_colour_of_a_palette_lies_on_white(working: Working) -> None:
    image = making.quarters().quantize(4)
    red = image.getpixel((2, 2))
    found = reading.corners(working(making.encoded(image, "PNG", transparency=red)))
    assert found == [making.WHITE, making.GREEN, making.BLUE, making.WHITE]


def test_the_colours_of_another_device_are_brought_to_srgb(working: Working) -> None:
    data = making.photo("JPEG", icc_profile=making.swapped_profile(), quality=95)
    red, green, blue, white = reading.corners(working(data))
    assert (red, green, blue, white) == (making.GREEN, making.RED, making.BLUE, making.WHITE)


def test_a_profile_that_does_not_fit_the_pixels_is_left_out_of_account(working: Working) -> None:
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = making.photo("JPEG", icc_profile=other, quality=95)
    assert reading.corners(working(data)) == list(making.QUARTERS)


def test_only_the_first_picture_of_a_film_is_used_and_that_is_said(trust: Trusty) -> None:
    film = making.encoded(
        making.quarters(),
        "GIF",
        save_all=True,
        append_images=[Image.new("RGB", (96, 64), "black")],
    )
    picture = added(trust, film, "film.gif")
    assert picture.note == "Only its first picture is used."
    assert reading.corners(read(picture.working)) == list(making.QUARTERS)


def test_the_main_picture_of_a_heic_is_used_whatever_comes_first(working: Working) -> None:
    file = pillow_heif.HeifFile()
    file.add_from_pillow(Image.new("RGB", (96, 64), "black"))
    file.add_from_pillow(making.quarters())
    out = io.BytesIO()
    file.save(out, primary_index=1, quality=95)
    assert reading.corners(working(out.getvalue())) == list(making.QUARTERS)


def test_a_panorama_keeps_its_shape(working: Working) -> None:
    wide = making.encoded(making.quarters(30_000, 1_500), "JPEG")
    assert reading.size(working(wide)) == (2016, 101)


@pytest.mark.parametrize("size", [(4032, 3024), (4000, 3000), (3024, 4032)])
def test_a_phone_photo_is_decoded_at_half_its_size(size: tuple[int, int], working: Working) -> None:
    copy = working(making.encoded(making.quarters(*size), "JPEG"))
    assert reading.size(copy) == (size[0] // 2, size[1] // 2)


def test_a_small_photo_is_never_enlarged(working: Working) -> None:
    assert reading.size(working(making.photo("JPEG"))) == (96, 64)


def test_medium_and_thumbnail_are_smaller_copies(working: Working) -> None:
    data = making.encoded(making.quarters(3000, 2000), "JPEG")
    sizes = [reading.size(working(data, name)) for name in ("medium", "thumb")]
    assert sizes == [(1080, 720), (400, 267)]


def test_what_the_camera_said_is_kept_as_evidence_but_not_the_place(trust: Trusty) -> None:
    facts = added(trust, making.stuffed_jpeg()).facts
    assert facts == {
        "make": "PLANTED-MAKE",
        "model": "PLANTED-MODEL",
        "software": "PLANTED-SOFT",
        "serial": "PLANTED-SERIAL",
        "taken_at": "2026:05:04 10:11:12",
        "has_gps": True,
    }
