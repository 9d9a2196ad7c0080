"""Faces are found, wherever they are in the picture; nothing says whose they are."""

from __future__ import annotations

import dataclasses

import pytest
from PIL import Image

from posts.seeing.boxes import Box
from posts.seeing.faces import Finder
from posts.seeing.found import SURE, Face
from tests.posts.seeing.drawing import face, wall


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def among(*faces: tuple[int, int, int], size: tuple[int, int] = (1200, 800)) -> Image.Image:
    """A picture with faces at (left, top) of so many pixels."""
    picture = wall(*size)
    for n, (left, top, side) in enumerate(faces):
        picture.paste(face(side, seed=n), (left, top))
    return picture


@pytest.mark.parametrize("side", [60, 100, 200, 400])
def test_a_face_is_found_however_large_it_is(finder, side):
    found = finder.find(among((300, 200, side)))
    assert len(found) == 1
    middle = found[0].box.left + found[0].box.width / 2
    assert abs(middle - (300 + side / 2) / 1200) < 0.03


def test_everybody_in_a_class_photo_is_found(finder):
    rows = [(80 + 180 * n, 120 + 260 * row, 150) for row in range(2) for n in range(6)]
    assert len(finder.find(among(*rows))) == 12


def test_a_face_at_the_edge_stays_in_the_picture(finder):
    found = finder.find(among((1060, 300, 200)))
    assert len(found) == 1
    box = found[0].box
    assert box.left >= 0
    assert box.left + box.width <= 1


def test_where_nobody_is_nobody_is_found(finder):
    assert finder.find(wall()) == []


def test_a_picture_smaller_than_a_face_is_no_trouble(finder):
    assert finder.find(wall(40, 40)) == []


def test_in_a_photo_of_twelve_megapixels_a_face_of_a_hundredth_is_found(finder):
    assert len(finder.find(among((2000, 1500, 110), size=(4000, 3000)))) == 1


def test_the_surest_stands_first(finder):
    found = finder.find(among((100, 100, 300), (700, 300, 60)))
    assert [one.sure for one in found] == sorted((one.sure for one in found), reverse=True)
    assert found[0].sure > SURE


def test_p9_of_a_face_nothing_is_known_but_where_it_is_and_how_sure_that_is():
    assert [field.name for field in dataclasses.fields(Face)] == ["box", "sure"]
    assert Box._fields == ("left", "top", "width", "height")


@pytest.mark.parametrize("turned", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
def test_a_face_lying_on_its_side_is_found_where_it_is(finder, turned):
    picture = wall(1200, 800)
    picture.paste(face(200).transpose(turned), (700, 100))
    [found] = finder.find(picture)
    middle = (found.box.left + found.box.width / 2, found.box.top + found.box.height / 2)
    assert abs(middle[0] - 800 / 1200) < 0.04
    assert abs(middle[1] - 200 / 800) < 0.06
