"""Products with rounded vectors are close to the exact ones."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from candidacy.language.rounded_vectors import RoundedVectors

RANDOM = np.random.default_rng(0)


@pytest.mark.parametrize("size", [1, 5])
def test_products_are_those_of_the_vectors(size: int) -> None:
    kept = RANDOM.normal(size=(300, 256)) * np.linspace(1.0, 0.05, 256)
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    asked = kept[:size] + RANDOM.normal(size=(size, 256)) * 0.02

    products = RoundedVectors.of(kept).products(asked)

    assert products.shape == (size, 300)
    assert np.abs(products - asked @ kept.T).max() < 0.01


@pytest.mark.parametrize("sign", [1, -1])
def test_the_largest_products_are_right_too(sign: int) -> None:
    ones = np.ones((1, 256))
    assert RoundedVectors.of(sign * ones).products(ones).tolist() == [[pytest.approx(sign * 256)]]


def test_two_products_have_room_in_16_bits_whatever_the_processor(tmp_path: Path) -> None:
    RoundedVectors.of(RANDOM.normal(size=(20, 8))).save_product(tmp_path / "product.onnx")
    [kept] = [
        numpy_helper.to_array(constant)
        for constant in onnx.load(tmp_path / "product.onnx").graph.initializer
        if constant.name == "right"
    ]
    assert 2 * np.abs(kept.astype(int)).max() * np.iinfo(np.uint8).max <= np.iinfo(np.int16).max


def test_a_vector_of_nothing_is_near_to_nothing() -> None:
    assert RoundedVectors.of(np.eye(4)).products(np.zeros((1, 4))).tolist() == [[0.0] * 4]


def test_what_was_rounded_can_be_kept_and_used_again(tmp_path: Path) -> None:
    first = RoundedVectors.of(RANDOM.normal(size=(20, 8)))
    asked = RANDOM.normal(size=(3, 8))
    first.save_product(tmp_path / "first.onnx")
    again = RoundedVectors(tmp_path / "first.onnx", first.scales)
    again.save_product(tmp_path / "again.onnx")
    third = RoundedVectors((tmp_path / "again.onnx").read_bytes(), first.scales)
    assert first.products(asked).tolist() == again.products(asked).tolist() == third.products(asked).tolist()
