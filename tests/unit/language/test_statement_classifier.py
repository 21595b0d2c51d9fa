"""What a message says to a question is learnt from examples and from what the rules read."""

from pathlib import Path

import pytest

from candidacy.language.concepts import SCREENING_CONCEPTS
from candidacy.language.encoder.message_encoder import MessageEncoder
from candidacy.language.findings import FindingsReader
from candidacy.language.statement_classifier import StatementClassifier
from candidacy.language.statement_examples import StatementExample

SAID = {
    "yes": ["cracked two of them in a fall", "afraid so, snapped it", "it went when the horse threw me"],
    "no": ["sturdy as an oak, all of them whole", "nobody ever found a break", "the pictures came out clean"],
    "unknown": ["they are still looking at the picture", "could be, who can tell", "my memory fails me there"],
    "-": ["the parking is terrible", "what counts as one?", "hold on, the kettle"],
}


def example(text: str, asked: str | None, value: str) -> StatementExample:
    return StatementExample(text, asked, {c: value if c == asked else "-" for c in SCREENING_CONCEPTS}, "self")


@pytest.fixture(scope="module")
def classifier(encoder: MessageEncoder, reader: FindingsReader) -> StatementClassifier:
    examples = [
        example(text, asked, value) for value, texts in SAID.items() for text in texts for asked in SCREENING_CONCEPTS
    ]
    examples += [
        StatementExample(text, None, {c: value if c == "age_related" else "-" for c in SCREENING_CONCEPTS}, "self")
        for text, value in [
            ("my discs are worn", "yes"),
            ("no worn discs here", "no"),
            ("worn discs? perhaps", "unknown"),
            ("hi", "-"),
        ]
    ]
    classifier = StatementClassifier()
    readings = [reader.read(one.text, asked=one.asked) for one in examples]
    classifier.fit(encoder.encode_texts([one.text for one in examples]), readings, examples)
    return classifier


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("snapped it in a fall", "yes"),
        ("whole and sturdy, all of them", "no"),
        ("who can tell, they are looking", "unknown"),
        ("the kettle, hold on", "-"),
    ],
)
def test_the_likeliest_value_is_what_is_said(
    encoder: MessageEncoder, reader: FindingsReader, classifier: StatementClassifier, text: str, value: str
) -> None:
    opinions = classifier.opinions(encoder.encode_message(text), reader.read_for_questions(text, SCREENING_CONCEPTS))
    opinion = opinions["fracture"]["fracture"]
    assert max(opinion, key=lambda said: opinion[said]) == value
    assert sum(opinion.values()) == pytest.approx(1.0)


def test_what_was_learnt_is_the_same_after_saving_and_loading(
    encoder: MessageEncoder, reader: FindingsReader, classifier: StatementClassifier, tmp_path: Path
) -> None:
    classifier.save(tmp_path)
    message, readings = encoder.encode_message("afraid so"), reader.read_for_questions("afraid so", SCREENING_CONCEPTS)
    loaded = StatementClassifier.load(tmp_path).opinions(message, readings)
    assert loaded[None]["fracture"] == pytest.approx(classifier.opinions(message, readings)[None]["fracture"])
