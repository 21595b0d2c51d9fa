"""Writes the encoder as an ONNX model with 8-bit weights, which one core runs in a few milliseconds.

The network is BERT's (Devlin and others 2019), six layers of 384 numbers with twelve heads of attention; its operators
are the fused ones that onnxruntime has for it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from candidacy.language.encoder.weights import WIDTH

LAYERS = 6

_HEADS = 12
_EPSILON = 1e-12
_FUSED = "com.microsoft"
_OPSETS = (helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1))
_IR_VERSION = 8


def write_model(tensors: Mapping[str, Any], path: Path, *, outputs: Sequence[int]) -> None:
    """Write the model that gives the token states after the layers named in ``outputs`` (1 to 6).

    Its inputs are ``ids`` and ``mask``, both int32 of shape (texts, tokens); each output is float32 of shape
    (texts, tokens, 384).
    """
    with TemporaryDirectory(prefix="encoder-") as folder:
        exact = Path(folder) / "exact.onnx"
        onnx.save(_Network(tensors).model(outputs), exact)
        # Seven bits leave room for the sums of 8-bit products on processors without VNNI, which would overflow.
        quantize_dynamic(
            exact,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


class _Network:
    """Collects the nodes and constants of the graph, layer by layer."""

    def __init__(self, tensors: Mapping[str, Any]) -> None:
        self._tensors = tensors
        self._constants: list[Any] = []
        self._nodes: list[Any] = []

    def model(self, outputs: Sequence[int]) -> Any:
        self._embeddings()
        for layer in range(max(outputs)):
            self._layer(layer)
        graph = helper.make_graph(
            self._nodes,
            "sentence_encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT32, ["texts", "tokens"]) for name in ("ids", "mask")],
            [
                helper.make_tensor_value_info(f"state{layer}", TensorProto.FLOAT, ["texts", "tokens", WIDTH])
                for layer in outputs
            ],
            self._constants,
        )
        return helper.make_model(graph, opset_imports=_OPSETS, ir_version=_IR_VERSION)

    def _embeddings(self) -> None:
        """Words and positions; the type of segment is always the first, so it is added to the words once."""
        words = self._tensors["embeddings.word_embeddings.weight"]
        names = [
            "ids",
            "",
            self._constant("words", words + self._tensors["embeddings.token_type_embeddings.weight"][0]),
            self._constant("positions", self._tensors["embeddings.position_embeddings.weight"]),
            "",
            *self._normalisation("embeddings"),
            "mask",
        ]
        self._node("EmbedLayerNormalization", names, ["state0", "lengths"], fused=True, epsilon=_EPSILON)

    def _layer(self, layer: int) -> None:
        prefix = f"encoder.layer.{layer}"
        before, attended, after = f"state{layer}", f"attended{layer}", f"state{layer + 1}"
        self._node(
            "Attention",
            [before, *self._queries_keys_values(f"{prefix}.attention.self"), "lengths"],
            [f"heads{layer}"],
            fused=True,
            num_heads=_HEADS,
        )
        self._product(f"heads{layer}", f"{prefix}.attention.output.dense", f"mixed{layer}")
        self._add(f"mixed{layer}", before, f"{prefix}.attention.output", attended)
        self._product(attended, f"{prefix}.intermediate.dense", f"wide{layer}")
        bias = self._constant(f"wide_bias{layer}", self._tensors[f"{prefix}.intermediate.dense.bias"])
        self._node("BiasGelu", [f"wide{layer}", bias], [f"active{layer}"], fused=True)
        self._product(f"active{layer}", f"{prefix}.output.dense", f"narrow{layer}")
        self._add(f"narrow{layer}", attended, f"{prefix}.output", after)

    def _queries_keys_values(self, prefix: str) -> tuple[str, str]:
        parts = [f"{prefix}.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self._tensors[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._tensors[f"{part}.bias"] for part in parts])
        return self._constant(f"{prefix}.weight", weight), self._constant(f"{prefix}.bias", bias)

    def _product(self, source: str, dense: str, result: str) -> None:
        """Multiply by a dense layer's weights; its bias is added by the node that follows."""
        weight = self._constant(f"{dense}.weight", self._tensors[f"{dense}.weight"].T)
        self._node("MatMul", [source, weight], [result])

    def _add(self, source: str, skipped: str, prefix: str, result: str) -> None:
        """Add the bias and what was skipped, and normalise."""
        bias = self._constant(f"{prefix}.dense.bias", self._tensors[f"{prefix}.dense.bias"])
        inputs = [source, skipped, *self._normalisation(prefix), bias]
        self._node("SkipLayerNormalization", inputs, [result], fused=True, epsilon=_EPSILON)

    def _normalisation(self, prefix: str) -> list[str]:
        names = [f"{prefix}.LayerNorm.weight", f"{prefix}.LayerNorm.bias"]
        return [self._constant(name, self._tensors[name]) for name in names]

    def _constant(self, name: str, values: Any) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(
        self, kind: str, inputs: Sequence[str], outputs: Sequence[str], *, fused: bool = False, **options: Any
    ) -> None:
        domain = _FUSED if fused else None
        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **options))
