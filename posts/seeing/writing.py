"""Finding writing: where it is and what it seems to say. Reading is a hint, never proof.

PP-OCRv6 through rapidocr, its models in the wheel. Writing that is found and not read is told too:
it was usually located even where it was not read (photo-safety.md §4). What was read is never
logged: it is names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import rapidocr
from numpy.typing import NDArray
from PIL import Image

from posts.seeing.boxes import Box
from posts.seeing.found import Line

# The largest working copy: nothing that leaves is finer, so nothing finer has to be found. Finding
# takes a CPU-second for each megapixel, and memory by the pixel, too.
LONG_SIDE = 2_016
_MOST = 200  # lines of one picture: a wall display, not a book


class Reader:
    """The three models of rapidocr, loaded when first needed. One for a process."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads

    @cached_property
    def _engine(self) -> Any:
        threads = "EngineConfig.onnxruntime.intra_op_num_threads"
        return rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.max_side_len": 100_000,  # `LONG_SIDE` is enough
                threads: self._threads,
                threads.replace("intra", "inter"): 1,
            }
        )

    def read(self, picture: Image.Image) -> list[Line]:
        """Writing in an upright picture, from top to bottom."""
        small = picture.convert("RGB")
        small.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        width, height = small.size
        found = [
            Line(
                Box.between(
                    corners[:, 0].min() / width,
                    corners[:, 1].min() / height,
                    corners[:, 0].max() / width,
                    corners[:, 1].max() / height,
                ),
                text,
                sure,
            )
            for corners, text, sure in self._lines(small)
        ]
        return sorted(found, key=lambda line: (line.box.top, line.box.left))[:_MOST]

    def _lines(self, picture: Image.Image) -> Iterator[tuple[NDArray[Any], str, float]]:
        pixels = np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
        engine = self._engine
        found = engine._load_det_model()(pixels)
        if found.boxes is None or not len(found.boxes):
            return
        crops = engine.crop_text_regions(pixels, found.boxes)
        turned, _ = engine.cls_and_rotate(crops)
        said = engine.recognize_txt(turned)
        for corners, text, sure in zip(found.boxes, said.txts, said.scores, strict=True):
            yield np.asarray(corners), text.strip(), float(sure)
