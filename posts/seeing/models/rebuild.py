"""Makes pnet.onnx, rnet.onnx and onet.onnx out of the weights in the MIT wheel `mtcnn` 1.0.0.

    python -m venv rebuild
    rebuild/bin/pip install joblib==1.6.0 lz4==4.4.5 onnx==1.23.2
    rebuild/bin/pip download --no-deps mtcnn==1.0.0
    rebuild/bin/python posts/seeing/models/rebuild.py mtcnn-1.0.0-py3-none-any.whl

The weights in the wheel are pickles, which run whatever is in them: they are opened here, once, out
of a wheel known by its hash, and never by the program. What finds the points of a face (eyes, nose,
mouth) is left out of the third network: boxes are all that anybody needs.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WHEEL = "0a96b4868e56db9ae984449519642be6dba03240e608a67e928ebb47833e9144"
HERE = Path(__file__).parent


class Net:
    """One network, written down layer by layer. Pictures come as (number, 3, height, width)."""

    def __init__(self, name: str, weights: list[Any], size: int | None) -> None:
        self.name, self.weights = name, [np.asarray(w, dtype=np.float32) for w in weights]
        self.nodes: list[Any] = []
        self.kept: list[Any] = []
        self.at, self.size = "picture", size

    def take(self) -> Any:
        return self.weights.pop(0)

    def keep(self, values: Any) -> str:
        name = f"w{len(self.kept)}"
        self.kept.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, *more: str, out: str = "", **how: Any) -> None:
        out = out or f"x{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [self.at, *more], [out], **how))
        self.at = out

    def conv(self, out: str = "") -> None:
        weight, bias = self.take(), self.take()
        self.add("Conv", self.keep(weight.transpose(3, 2, 0, 1)), self.keep(bias), out=out)

    def prelu(self) -> None:
        slope = self.take().reshape(-1)
        self.add("PRelu", self.keep(slope.reshape(-1, 1, 1)))

    def pool(self, size: int, *, same: bool) -> None:
        how = {"auto_pad": "SAME_UPPER"} if same else {}
        self.add("MaxPool", kernel_shape=[size, size], strides=[2, 2], **how)

    def flat(self) -> None:
        self.add("Transpose", perm=[0, 3, 2, 1])
        self.add("Flatten")

    def dense(self, out: str = "") -> None:
        weight, bias = self.take(), self.take()
        self.add("Gemm", self.keep(weight), self.keep(bias), out=out)

    def dense_prelu(self) -> None:
        self.dense()
        self.add("PRelu", self.keep(self.take().reshape(-1)))

    def write(self) -> None:
        if self.weights:
            raise SystemExit(f"{self.name}: {len(self.weights)} weights were not used")
        sides = [self.size, self.size] if self.size else ["height", "width"]
        picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["number", 3, *sides])
        rest = [] if self.size else ["rows", "columns"]
        outs = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["number", values, *rest])
            for name, values in (("box", 4), ("face", 2))
        ]
        graph = helper.make_graph(self.nodes, self.name, [picture], outs, self.kept)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="golive"
        )
        onnx.checker.check_model(model)
        (HERE / f"{self.name}.onnx").write_bytes(model.SerializeToString(deterministic=True))


def pnet(net: Net) -> None:
    net.conv()
    net.prelu()
    net.pool(2, same=True)
    for _ in range(2):
        net.conv()
        net.prelu()
    trunk = net.at
    net.conv(out="box")
    net.at = trunk
    net.conv()
    net.add("Softmax", out="face", axis=1)


def rnet(net: Net) -> None:
    net.conv()
    net.prelu()
    net.pool(3, same=True)
    net.conv()
    net.prelu()
    net.pool(3, same=False)
    net.conv()
    net.prelu()
    net.flat()
    net.dense_prelu()
    _heads(net)


def onet(net: Net) -> None:
    net.conv()
    net.prelu()
    net.pool(3, same=True)
    net.conv()
    net.prelu()
    net.pool(3, same=False)
    net.conv()
    net.prelu()
    net.pool(2, same=True)
    net.conv()
    net.prelu()
    net.flat()
    net.dense_prelu()
    box = [net.take(), net.take()]
    net.take(), net.take()  # the points of a face
    net.weights[:0] = box
    _heads(net)


def _heads(net: Net) -> None:
    trunk = net.at
    net.dense(out="box")
    net.at = trunk
    net.dense()
    net.add("Softmax", out="face", axis=1)


def main(wheel: str) -> None:
    content = Path(wheel).read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL:
        raise SystemExit("This is not the wheel the networks were made from.")
    files = zipfile.ZipFile(io.BytesIO(content))
    for name, lay, size in (("pnet", pnet, None), ("rnet", rnet, 24), ("onet", onet, 48)):
        weights = joblib.load(io.BytesIO(files.read(f"mtcnn/assets/weights/{name}.lz4")))
        net = Net(name, weights, size)
        lay(net)
        net.write()


if __name__ == "__main__":
    main(sys.argv[1])
