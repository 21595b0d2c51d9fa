"""Vectors rounded to a byte each, and their products with others: a quarter of the memory to pass through.

What a product of many vectors costs is reading them. The rounding errs by less than 0.01 of a cosine similarity.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

_MOST = 127
"""The largest rounded value of what is multiplied; the smallest is its negative."""
_MOST_KEPT = 64
"""The same of the vectors that are kept. Processors without VNNI add up two products in 16 bits, where those of larger
values would overflow: 2 times 255 times 64 does not."""
_ZERO = 128
"""What 0 is among the unsigned numbers, which processors multiply by signed ones in one step."""
_OPERATORS_VERSION = 13
_FORMAT_VERSION = 8


class RoundedVectors:
    """Vectors that others are multiplied by; immutable.

    Args:
        product: The product with them as an ONNX model, or the file that holds it.
        scales: What the largest rounded value stands for in each vector, float32 of shape (vectors,).
    """

    def __init__(self, product: bytes | Path, scales: Any) -> None:
        self._product = product
        self.scales = scales
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            product if isinstance(product, bytes) else str(product), options, providers=["CPUExecutionProvider"]
        )

    @classmethod
    def of(cls, vectors: Any) -> "RoundedVectors":
        """Round vectors, of shape (vectors, components)."""
        rounded, scales = _round(np.asarray(vectors, dtype=np.float32), most=_MOST_KEPT)
        return cls(_product_with(rounded), scales)

    def products(self, vectors: Any) -> Any:
        """The scalar product of each vector with each of these: float32 of shape (vectors, these)."""
        rounded, scales = _round(np.asarray(vectors, dtype=np.float32), most=_MOST)
        unsigned = (rounded.astype(np.int16) + _ZERO).astype(np.uint8)
        [found] = self._session.run(None, {"left": unsigned})
        return found * (scales[:, None] / _MOST) * (self.scales / _MOST_KEPT)

    def save_product(self, path: Path) -> None:
        """Write the product with the vectors into a file."""
        path.write_bytes(self._product if isinstance(self._product, bytes) else self._product.read_bytes())


def _round(vectors: Any, *, most: int) -> tuple[Any, Any]:
    scales = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9).astype(np.float32)
    return np.rint(vectors * (most / scales[:, None])).astype(np.int8), scales


def _product_with(rounded: Any) -> bytes:
    """A model that multiplies by vectors, in whole numbers."""
    from onnx import TensorProto, helper, numpy_helper

    size, components = rounded.shape
    left = helper.make_tensor_value_info("left", TensorProto.UINT8, [None, components])
    products = helper.make_tensor_value_info("products", TensorProto.INT32, [None, size])
    constants = [
        numpy_helper.from_array(np.ascontiguousarray(rounded.T), "right"),
        numpy_helper.from_array(np.array(_ZERO, dtype=np.uint8), "zero"),
    ]
    node = helper.make_node("MatMulInteger", ["left", "right", "zero"], ["products"])
    graph = helper.make_graph([node], "product", [left], [products], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPERATORS_VERSION)])
    model.ir_version = _FORMAT_VERSION
    return bytes(model.SerializeToString())
