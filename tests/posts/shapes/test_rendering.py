"""The pixels that leave: solid covers, nothing from outside of the crop, a border that cuts nothing
off."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from posts.photos.render import (
    BORDER,
    CannotRender,
    Rendered,
    RenditionSpec,
    WrongRatio,
    planned,
    render,
)
from posts.photos.shape import Framing, Patch, Shape, patch_over
from posts.seeing.boxes import Box
from tests.posts.shapes.placing import is_solid

SPEC = RenditionSpec(max_side=1600, max_bytes=3_000_000)
FACE = Box(0.4, 0.4, 0.1, 0.15)


def noise(size: tuple[int, int] = (1200, 900)) -> bytes:
    """A photo in which every pixel differs from its neighbours: whatever shines through is seen."""
    out = io.BytesIO()
    Image.effect_noise(size, 200).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def red_beside_white() -> bytes:
    """The left half pure red."""
    image = Image.new("RGB", (1000, 800), "white")
    image.paste((255, 0, 0), (0, 0, 500, 800))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, subsampling=0)
    return out.getvalue()


def pixels(made: Rendered) -> Image.Image:
    return Image.open(io.BytesIO(made.data)).convert("RGB")


@pytest.mark.parametrize("is_round", [False, True])
@pytest.mark.parametrize("max_side", [1600, 700, 333])
def test_all_of_a_covered_face_is_one_colour(is_round, max_side):
    spec = RenditionSpec(max_side=max_side, max_bytes=3_000_000)
    made = render(noise(), spec, Shape((patch_over(FACE, is_round=is_round),)))
    assert is_solid(made.data, FACE)


def test_beside_the_cover_the_photo_is_seen():
    made = render(noise(), SPEC, Shape((patch_over(FACE),)))
    assert not is_solid(made.data, Box(0.7, 0.4, 0.1, 0.15))


@pytest.mark.parametrize("degrees", [0, 7])
def test_nothing_under_a_cover_reaches_beyond_it(degrees):
    # All that lies under the cover differs, to its very edge; made small and turned, pixels mix.
    cover, made = Box(0.4, 0.4, 0.2, 0.2), []
    for colour in ("white", "red"):
        image = Image.new("RGB", (800, 600), "white")
        image.paste(colour, (320, 240, 480, 360))
        working = io.BytesIO()
        image.save(working, "BMP")
        shape = Shape((Patch(cover),), Framing(Box(0.2, 0.2, 0.6, 0.6), degrees))
        made.append(_rendered(working.getvalue(), shape))
    assert made[0] == made[1]


def _rendered(working: bytes, shape: Shape) -> bytes:
    """As a photo that no JPEG has blurred before."""
    with pytest.MonkeyPatch.context() as patched:
        real = Image.open

        def opened(data: Any, **_: Any) -> Image.Image:
            return real(data)

        patched.setattr(Image, "open", opened)
        return render(working, RenditionSpec(333, 3_000_000), shape).data


def test_a_cover_is_solid_to_its_edge_after_it_was_made_small():
    cover = Box(0.4, 0.4, 0.2, 0.2)
    made = pixels(render(red_beside_white(), RenditionSpec(333, 3_000_000), Shape((Patch(cover),))))
    # The outermost row and column that lie in it, where white is next.
    right = made.getpixel((round(0.6 * made.width) - 1, made.height // 2))
    assert max(right) < 110, right


def test_a_crop_lets_nothing_in_from_outside():
    crop = Framing(Box(0.52, 0, 0.4, 1))
    made = pixels(render(red_beside_white(), SPEC, Shape(framing=crop)))
    assert made.width == 400
    assert min(low for low, _ in made.getextrema()) > 245


def test_a_cover_lies_where_it_was_put_after_crop_and_turn():
    # A quarter of the photo about the face, turned: the face stays in the middle of the crop.
    face = Box(0.47, 0.46, 0.06, 0.08)
    shape = Shape((patch_over(face),), Framing(Box(0.25, 0.25, 0.5, 0.5), degrees=12))
    made = render(noise(), SPEC, shape)
    assert is_solid(made.data, Box(0.45, 0.44, 0.1, 0.12))
    assert not is_solid(made.data, Box(0.1, 0.1, 0.2, 0.2))


def test_a_turn_leaves_the_middle_and_moves_the_edge():
    straight, turned = (
        pixels(render(red_beside_white(), SPEC, Shape(framing=Framing(degrees=d)))) for d in (0, 10)
    )
    assert straight.getpixel((450, 20))[1] < 60
    # Clockwise: what is at the top goes to the right, so red reaches over the middle there.
    assert turned.getpixel((550, 20))[1] < 60


def test_too_tall_for_a_platform_is_said():
    spec = RenditionSpec(1440, 8_000_000, min_ratio=0.8, max_ratio=1.91)
    with pytest.raises(WrongRatio, match="too tall"):
        render(noise((600, 1200)), spec)


def test_a_border_cuts_nothing_off():
    spec = RenditionSpec(1000, 8_000_000, min_ratio=0.8, max_ratio=1.91)
    made = render(noise((600, 1200)), spec, Shape(framing=Framing(has_border=True)))
    assert (made.width, made.height) == (800, 1000)
    image = pixels(made)
    assert all(abs(part - 255) < 6 for part in image.getpixel((20, 500)))
    assert image.crop((160, 0, 640, 1000)).getextrema() != ((255, 255),) * 3
    assert BORDER == (255, 255, 255)


def test_a_crop_too_small_for_a_platform_is_said():
    spec = RenditionSpec(1440, 8_000_000, min_side=320)
    with pytest.raises(CannotRender, match="too small"):
        planned((640, 480), Shape(framing=Framing(Box(0, 0, 0.4, 0.4))), spec)


def test_a_photo_that_was_small_from_the_start_can_be_used():
    spec = RenditionSpec(1440, 8_000_000, min_side=320)
    assert planned((300, 240), Shape(), spec).size == (300, 240)


def test_nothing_done_to_it_gives_the_bytes_it_always_gave():
    working = noise()
    assert render(working, SPEC).data == render(working, SPEC, Shape()).data
    assert SPEC.key_of(Shape()) == SPEC.key
    assert SPEC.key_of(Shape((Patch(FACE),))) != SPEC.key
