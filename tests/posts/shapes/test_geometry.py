"""When somebody counts as hidden: wholly under one cover, or wholly outside of the crop."""

from __future__ import annotations

import pytest

from posts.photos.shape import (
    LEAST_ROUND,
    Framing,
    Hidden,
    Patch,
    Shape,
    around,
    corners,
    patch_over,
    turn,
    within,
)
from posts.seeing.boxes import Box

FACE = Box(0.4, 0.4, 0.1, 0.2)
WIDE = 4 / 3


def how(shape: Shape, box: Box = FACE) -> Hidden | None:
    return shape.hides(box, WIDE)


@pytest.mark.parametrize("is_round", [False, True])
def test_a_cover_put_there_by_one_press_hides_a_face(is_round):
    assert how(Shape((patch_over(FACE, is_round=is_round),))) is Hidden.COVERED


@pytest.mark.parametrize("is_round", [False, True])
@pytest.mark.parametrize("box", [Box(0, 0, 0.1, 0.2), Box(0.9, 0.8, 0.1, 0.2)])
def test_a_face_at_the_edge_can_be_covered(box, is_round):
    assert how(Shape((patch_over(box, is_round=is_round),)), box) is Hidden.COVERED


def test_a_cover_as_tight_as_the_face_is_not_enough():
    assert how(Shape((Patch(FACE),))) is None


def test_a_cover_that_ends_within_the_face_hides_nobody():
    assert how(Shape((Patch(Box(0.3, 0.3, 0.15, 0.5)),))) is None


def test_two_covers_that_meet_on_a_face_hide_nobody():
    halves = (Patch(Box(0.3, 0.2, 0.15, 0.6)), Patch(Box(0.45, 0.2, 0.15, 0.6)))
    assert how(Shape(halves)) is None


def test_the_corners_of_a_face_stand_out_of_an_oval_as_large_as_it():
    wide = around(FACE, LEAST_ROUND)
    assert how(Shape((Patch(wide),))) is Hidden.COVERED
    assert how(Shape((Patch(wide, is_round=True),))) is None


def test_outside_of_the_crop_nobody_is_seen():
    assert how(Shape(framing=Framing(Box(0.6, 0, 0.4, 1)))) is Hidden.CROPPED


def test_whoever_reaches_into_the_crop_is_seen():
    assert how(Shape(framing=Framing(Box(0.49, 0, 0.5, 1)))) is None


def test_whoever_stands_at_the_edge_of_the_crop_is_seen():
    # The face ends at 0.5; what belongs to it does not.
    assert how(Shape(framing=Framing(Box(0.505, 0, 0.4, 1)))) is None


def test_turning_brings_somebody_into_the_crop():
    low = Box(0.02, 0.45, 0.05, 0.1)
    crop = Box(0, 0.6, 0.5, 0.3)
    assert how(Shape(framing=Framing(crop)), low) is Hidden.CROPPED
    assert how(Shape(framing=Framing(crop, degrees=-15)), low) is None


def test_turning_there_and_back_leads_to_the_same_place():
    there = turn((0.2, 0.9), 13, WIDE)
    assert turn(there, -13, WIDE) == pytest.approx((0.2, 0.9))


@pytest.mark.parametrize("degrees", [-20, -3.5, 0.5, 20])
def test_a_straightened_photo_shows_no_empty_corner(degrees):
    kept = within(Framing(degrees=degrees), WIDE)
    for corner in corners(kept.box):
        x, y = turn(corner, -degrees, WIDE)
        assert -1e-6 <= x <= 1 + 1e-6
        assert -1e-6 <= y <= 1 + 1e-6
    assert kept.box.width > 0.5


def test_the_same_shape_has_the_same_key_and_another_another():
    one, other = Shape((Patch(FACE),)), Shape((Patch(around(FACE, 0.01)),))
    assert one.key == Shape((Patch(FACE),)).key != other.key


def test_a_photo_to_which_nothing_is_done_has_no_key():
    assert Shape().key == ""
