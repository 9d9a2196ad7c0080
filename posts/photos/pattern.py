"""How light and dark lie in a photo: nearly the same photo has nearly the same pattern.

Of the photo as a whole, 16 by 8 points in all; it tells nothing of any face in it (R-158).
"""

from __future__ import annotations

from PIL import Image

# Of 128. Measured on 52 drawn scenes and 2 photos: compressed up to 4, half as large 2, brighter
# mostly 4, a little cropped mostly 13; another scene 21 and more, one pair 10.
MOST_APART = 9
# Of 256 shades. Below, a photo is so even that its pattern is chance.
_LEAST_SHADES = 12
_SIDE = 8


def pattern(image: Image.Image) -> str:
    """32 hexadecimal digits; empty for an even surface."""
    grey = image.convert("L")
    across = grey.resize((_SIDE + 1, _SIDE), Image.Resampling.BOX)
    down = grey.resize((_SIDE, _SIDE + 1), Image.Resampling.BOX)
    rows, lines = across.tobytes(), down.tobytes()
    if max(rows) - min(rows) < _LEAST_SHADES:
        return ""
    bits = [
        rows[y * (_SIDE + 1) + x] < rows[y * (_SIDE + 1) + x + 1]
        for y in range(_SIDE)
        for x in range(_SIDE)
    ]
    bits += [lines[n] < lines[n + _SIDE] for n in range(_SIDE * _SIDE)]
    return f"{sum(bit << n for n, bit in enumerate(bits)):032x}"


def apart(one: str, other: str) -> int:
    """How many points differ, of 128; all, where either has no pattern."""
    if not one or not other:
        return 128
    return (int(one, 16) ^ int(other, 16)).bit_count()
