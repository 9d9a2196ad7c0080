"""Faces and cards that are nobody's: drawn, shaded and a little out of focus, as a camera sees."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

# Skin and hair.
PEOPLE = [
    ((224, 180, 150), (90, 60, 30)),
    ((198, 150, 120), (40, 30, 25)),
    ((140, 95, 70), (20, 20, 20)),
    ((110, 72, 52), (15, 15, 15)),
]
WALL = (150, 170, 190)


def wall(width: int = 1200, height: int = 800) -> Image.Image:
    """A wall with nobody in front of it and nothing written on it."""
    grain = Image.effect_noise((width // 20, height // 20), 5)
    return grain.resize((width, height), Image.Resampling.BICUBIC).convert("RGB")


def face(size: int, seed: int = 0) -> Image.Image:
    """A square of `size` pixels with a face some three fifths as wide."""
    side = size * 4
    picture = Image.new("RGB", (side, side), WALL)
    draw = ImageDraw.Draw(picture)
    skin, hair = PEOPLE[seed % len(PEOPLE)]
    x, y, w, h = side * 0.5, side * 0.5, side * 0.30, side * 0.40

    def shade(part: float) -> tuple[int, ...]:
        return tuple(int(value * part) for value in skin)

    def oval(cx: float, cy: float, rx: float, ry: float, fill: tuple[int, ...]) -> None:
        draw.ellipse([cx - rx, cy - ry, cx + rx, cy + ry], fill=fill)

    draw.rectangle([x - w * 0.45, y + h * 0.7, x + w * 0.45, side], fill=shade(0.85))
    oval(x, y - h * 0.2, w * 1.15, h, hair)
    oval(x, y, w, h, skin)
    draw.pieslice([x - w * 1.02, y - h * 1.08, x + w * 1.02, y + h * 0.6], 180, 360, fill=hair)
    oval(x, y + h * 0.14, w * 0.9, h * 0.76, skin)
    for eye in (x - w * 0.42, x + w * 0.42):
        level = y - h * 0.12
        oval(eye, level, w * 0.24, h * 0.11, shade(0.8))
        oval(eye, level, w * 0.19, h * 0.065, (245, 245, 245))
        oval(eye, level, w * 0.09, h * 0.065, (40, 30, 25))
        brow = [eye - w * 0.25, y - h * 0.29, eye, y - h * 0.33, eye + w * 0.25, y - h * 0.29]
        draw.line(brow, fill=hair, width=int(h * 0.05))
    nose = [(x - w * 0.05, y - h * 0.1), (x - w * 0.18, y + h * 0.25), (x + w * 0.18, y + h * 0.25)]
    draw.polygon(nose, fill=shade(0.92))
    oval(x, y + h * 0.24, w * 0.16, h * 0.04, shade(0.55))
    oval(x, y + h * 0.53, w * 0.36, h * 0.07, (165, 80, 80))
    draw.rectangle([x - w * 0.3, y + h * 0.515, x + w * 0.3, y + h * 0.535], fill=(90, 40, 40))
    return _lit(picture, (x, y), (w, h)).resize((size, size), Image.Resampling.LANCZOS)


def _lit(
    picture: Image.Image, middle: tuple[float, float], size: tuple[float, float]
) -> Image.Image:
    """Darker to the sides and below, and a little soft."""
    rows, columns = np.mgrid[0 : picture.height, 0 : picture.width]
    across = ((columns - middle[0]) / size[0]).clip(-1, 1)
    down = ((rows - middle[1]) / size[1]).clip(-1, 1)
    lit = np.asarray(picture) * (1 - 0.25 * across**2 - 0.1 * down)[..., None]
    soft = Image.fromarray(lit.clip(0, 255).astype("uint8"))
    return soft.filter(ImageFilter.GaussianBlur(picture.width * 0.008))


def card(text: str, height: int) -> Image.Image:
    """A white card with one line of print; capitals are `height` pixels high."""
    font = ImageFont.load_default(size=round(height / 0.7))
    left, top, right, bottom = font.getbbox(text)
    edge = height
    size = (round(right - left) + 2 * edge, round(bottom - top) + 2 * edge)
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((edge - left, edge - top), text, fill=(25, 25, 30), font=font)
    return picture
