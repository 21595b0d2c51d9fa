"""Sentences of like meaning lie close together, and the weights are the expected ones."""

from pathlib import Path

import numpy as np
import pytest

from candidacy.language.encoder.encoder import SentenceEncoder
from candidacy.language.encoder.message_encoder import MessageEncoder, clauses_to_read
from candidacy.language.encoder.weights import WeightsError, read_weights
from candidacy.language.text_features import TextFeatures


def test_like_meaning_lies_closer_than_other_meaning(encoder: MessageEncoder) -> None:
    first, alike, other = encoder.encode_texts(
        ["how long will I be in hospital", "how many days do they keep you on the ward", "what is the weather like"]
    ).vectors
    assert first @ alike > first @ other


def test_a_text_has_the_same_vector_in_any_company(encoder: MessageEncoder) -> None:
    text = "will I need physical therapy"
    alone = encoder.encode_texts([text])
    among = encoder.encode_texts(["hello", text, "a much longer text that stands beside it in the same call " * 3])[1]
    assert alone.vectors.shape == (1, TextFeatures.COMPONENTS)
    assert np.allclose(alone.vectors, among.vectors, atol=0.05)


@pytest.mark.parametrize("text", ["a " * 1000, "\U0001f44d", "\u200b.", "x" * 2000, "¿Qué?"])
def test_odd_text_is_encoded_without_an_error(encoder: MessageEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode_message(text).vectors).all()


def test_a_message_of_one_clause_has_no_parts() -> None:
    assert clauses_to_read("how long in hospital") == ()
    assert clauses_to_read("How long in hospital? Will I need PT?") == ("How long in hospital?", "Will I need PT?")


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(WeightsError, match=r"model\.safetensors: has the SHA-256"):
        read_weights(tmp_path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"model\.safetensors: cannot be read"):
        read_weights(tmp_path)


def test_a_changed_file_of_the_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"one")
    (tmp_path / "encoder.sha256.json").write_text('{"encoder.onnx": "0"}', encoding="utf-8")
    with pytest.raises(WeightsError, match=r"encoder\.onnx: is not the file that was written"):
        SentenceEncoder(tmp_path)
