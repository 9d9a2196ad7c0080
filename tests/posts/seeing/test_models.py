"""The files with the networks are those that were made out of the wheel, and nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[3] / "posts" / "seeing" / "models"
MADE = {
    "pnet.onnx": "9797a149b8af442586b9432329f73da97b7514a1513973929e49e50eef4e905a",
    "rnet.onnx": "ed6ed2c64df443fa8af25255d4ae17e1576733d920aa9a640a3a90bde77af201",
    "onet.onnx": "de10a15f9dd4a0f9ba8181cb97a9102fc1015ef80e04d0935f6bbf14af923120",
}


@pytest.mark.parametrize("name", MADE)
def test_a_network_is_the_one_that_was_made(name):
    assert hashlib.sha256((MODELS / name).read_bytes()).hexdigest() == MADE[name]


def test_no_other_network_lies_there():
    assert {file.name for file in MODELS.glob("*.onnx")} == set(MADE)


@pytest.mark.parametrize("name", MADE)
def test_no_points_of_a_face_come_out_of_it(name):
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(MODELS / name)
    assert [(out.name, out.shape[1]) for out in session.get_outputs()] == [("box", 4), ("face", 2)]


@pytest.mark.parametrize("file", ["LICENSE", "README.md", "rebuild.py"])
def test_licence_provenance_and_the_way_to_make_them_again_lie_beside_them(file):
    assert (MODELS / file).stat().st_size > 0
