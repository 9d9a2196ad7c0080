"""Writing is found, read where it can be, and told where it cannot."""

from __future__ import annotations

import logging

import pytest
from PIL import Image, ImageFilter

from posts.seeing.writing import Reader
from tests.posts.seeing.drawing import card, wall


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def with_card(
    text: str, height: int, at: tuple[int, int] = (300, 200), turn: int = 0
) -> Image.Image:
    picture = wall()
    picture.paste(card(text, height).rotate(turn, expand=True, fillcolor=(150, 160, 170)), at)
    return picture


@pytest.mark.parametrize("height", [12, 16, 32, 60])
def test_a_name_on_a_certificate_is_read(reader, height):
    (line,) = reader.read(with_card("Amira Khan", height))
    assert line.is_read
    assert line.text.replace(" ", "") == "AmiraKhan"


def test_it_says_where(reader):
    (line,) = reader.read(with_card("Amira Khan", 32))
    assert line.box.left == pytest.approx(332 / 1200, abs=0.02)
    assert line.box.top == pytest.approx(232 / 800, abs=0.02)


@pytest.mark.parametrize("turn", [90, -90])
def test_writing_that_lies_on_its_side_is_read(reader, turn):
    (line,) = reader.read(with_card("Amira Khan", 32, turn=turn))
    assert line.text.replace(" ", "") == "AmiraKhan"


def test_writing_that_cannot_be_read_is_told_all_the_same(reader):
    picture = wall()
    blurred = card("Amira Khan", 20).filter(ImageFilter.GaussianBlur(7))
    picture.paste(blurred, (300, 200))
    lines = reader.read(picture)
    assert lines
    assert not any("Amira" in line.text and line.is_read for line in lines)


def test_where_nothing_is_written_nothing_is_found(reader):
    assert reader.read(wall()) == []


def test_what_is_read_is_never_logged(reader, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        assert reader.read(with_card("Amira Khan", 32))
    assert "Amira" not in caplog.text
    out, err = capfd.readouterr()
    assert "Amira" not in out + err
