"""Finding faces: where they are and how sure that is, and nothing about whose they are.

MTCNN (Zhang, Zhang, Li and Qiao, 2016): three small networks, each looking closer at what the one
before proposed. The third network's points of a face were left out when the files were made
(`models/rebuild.py`). No embedding, no crop and no point of a face ever exists here (P9).
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from posts.seeing.boxes import Box
from posts.seeing.found import Face

Floats = NDArray[np.float32]
MODELS = Path(__file__).parent / "models"

# Measured in photo-safety.md §3: at 2,000 pixels a face needs some 24 of them.
LONG_SIDE = 2_000
SMALLEST = 24
_CELL, _STRIDE, _SHRINK = 12, 2, 0.709
_PROPOSED, _LIKELY = 0.6, 0.7
POSSIBLE = 0.80
_AT_ONCE = 256  # patches to a network, so that memory stays bounded in a crowd
_MOST_PROPOSED = 4_000


def _from_left(face: Face) -> Face:
    """Back from a picture turned to the left: its top was our right edge."""
    left, top, width, height = face.box
    return Face(Box(1 - top - height, left, height, width), face.sure)


def _from_right(face: Face) -> Face:
    """Back from a picture turned to the right: its top was our left edge."""
    left, top, width, height = face.box
    return Face(Box(top, 1 - left - width, height, width), face.sure)


# A quarter to either side: recall falls to an eighth there (photo-safety.md §3). More is asked of
# such a face, since looking thrice finds thrice as many that are none.
_TURNS = (
    (Image.Transpose.ROTATE_90, _from_left),
    (Image.Transpose.ROTATE_270, _from_right),
)
_LYING = 0.90
_SAME = 0.4  # of the smaller box in both: one face, found twice


class Finder:
    """The three networks, loaded when first needed. One for a process; threads as told."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads

    @cached_property
    def _nets(self) -> dict[str, Any]:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self._threads, 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        return {
            name: onnxruntime.InferenceSession(
                MODELS / f"{name}.onnx", options, providers=["CPUExecutionProvider"]
            )
            for name in ("pnet", "rnet", "onet")
        }

    def find(self, picture: Image.Image) -> list[Face]:
        """Faces of an upright picture, those lying on their side as well. A face smaller than about
        a hundredth of the long side is not found."""
        small = picture.convert("RGB")
        small.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.BOX)
        found = self._upright(small)
        for turned, back in _TURNS:
            lying = (back(face) for face in self._upright(small.transpose(turned)))
            found += [
                face
                for face in lying
                if face.sure >= _LYING and all(face.box.overlap(f.box) < _SAME for f in found)
            ]
        return found

    def _upright(self, small: Image.Image) -> list[Face]:
        """Faces whose eyes are above the mouth, surest first."""
        boxes = self._proposed(small)
        for name, side, threshold, together in (
            ("rnet", 24, _LIKELY, False),
            ("onet", 48, POSSIBLE, True),
        ):
            boxes = self._closer(small, boxes, (name, side), threshold, within=together)
        width, height = small.size
        return [
            Face(Box.between(x1 / width, y1 / height, x2 / width, y2 / height), float(sure))
            for x1, y1, x2, y2, sure in boxes
        ]

    def _proposed(self, picture: Image.Image) -> Floats:
        """Rows of x1, y1, x2, y2 in pixels and how sure, made square."""
        found = []
        scale = _CELL / SMALLEST
        while min(picture.size) * scale >= _CELL:
            width, height = (max(_CELL, round(side * scale)) for side in picture.size)
            shrunk = picture.resize((width, height), Image.Resampling.BOX)
            offsets, faces = self._nets["pnet"].run(None, {"picture": _input([shrunk])})
            found.append(_keep(_cells(offsets[0], faces[0, 1], scale), 0.5))
            scale *= _SHRINK
        every = np.concatenate(found) if found else np.empty((0, 5), np.float32)
        return _square(_keep(every, 0.7)[:_MOST_PROPOSED])

    def _closer(
        self,
        picture: Image.Image,
        boxes: Floats,
        net: tuple[str, int],
        threshold: float,
        *,
        within: bool,
    ) -> Floats:
        """What a network that looks closer makes of the boxes. `within`: a box inside another is
        the same face."""
        name, side = net
        kept = [np.empty((0, 5), np.float32)]
        for at in range(0, len(boxes), _AT_ONCE):
            some = boxes[at : at + _AT_ONCE]
            patches = [
                picture.crop(_whole(box)).resize((side, side), Image.Resampling.BILINEAR)
                for box in some
            ]
            offsets, faces = self._nets[name].run(None, {"picture": _input(patches)})
            sure = faces[:, 1] > threshold
            size = (some[:, 2:4] - some[:, 0:2] + 1)[:, [0, 1, 0, 1]]
            moved = some[:, :4] + offsets * size
            kept.append(np.column_stack([moved, faces[:, 1]])[sure].astype(np.float32))
        found = _keep(np.concatenate(kept), 0.7, within=within)
        return found if within else _square(found)


def _input(pictures: list[Image.Image]) -> Floats:
    """(number, 3, height, width), from -1 to 1, as the networks were trained."""
    values = np.stack([np.asarray(p, dtype=np.float32) for p in pictures])
    return np.ascontiguousarray(((values - 127.5) / 127.5).transpose(0, 3, 1, 2))


def _whole(box: Floats) -> tuple[int, int, int, int]:
    x1, y1, x2, y2 = (round(float(v)) for v in box[:4])
    return x1, y1, max(x2, x1 + 1), max(y2, y1 + 1)


def _cells(offsets: Floats, faces: Floats, scale: float) -> Floats:
    """The boxes of those cells of the first network's map that may hold a face."""
    rows, columns = np.nonzero(faces > _PROPOSED)
    corner = np.stack([columns, rows, columns, rows], axis=1) * _STRIDE
    corner = corner + np.array([0, 0, _CELL, _CELL])
    moved = (corner + offsets[:, rows, columns].T * _CELL) / scale
    return np.column_stack([moved, faces[rows, columns]]).astype(np.float32)


def _square(boxes: Floats) -> Floats:
    """The same centres, the longer side both ways."""
    square = boxes.copy()
    size = boxes[:, 2:4] - boxes[:, 0:2]
    middle, half = boxes[:, 0:2] + size / 2, size.max(axis=1, keepdims=True) / 2
    square[:, 0:2], square[:, 2:4] = middle - half, middle + half
    return square


def _keep(boxes: Floats, overlap: float, *, within: bool = False) -> Floats:
    """The surest of those that overlap more than so much of both together, or, `within`, of the
    smaller one; surest first."""
    left = boxes[np.argsort(-boxes[:, 4], kind="stable")]
    kept = []
    while len(left):
        first, left = left[0], left[1:]
        kept.append(first)
        width = np.minimum(first[2], left[:, 2]) - np.maximum(first[0], left[:, 0])
        height = np.minimum(first[3], left[:, 3]) - np.maximum(first[1], left[:, 1])
        shared = width.clip(0) * height.clip(0)
        areas, area = _area(left), _area(first[None])[0]
        whole = np.minimum(areas, area) if within else areas + area - shared
        left = left[shared <= overlap * whole]
    return np.stack(kept) if kept else np.empty((0, 5), np.float32)


def _area(boxes: Floats) -> Floats:
    sides = (boxes[:, 2:4] - boxes[:, 0:2]).clip(0)
    return np.asarray(sides[:, 0] * sides[:, 1])
