"""What a correction may name is what the assistant knows."""

from pathlib import Path

from candidacy.evaluation.faq import read_expected
from candidacy.teaching.vocabulary import evaluation_labels, known_examples, load_vocabulary


def test_topics_questions_and_categories(project: Path) -> None:
    vocabulary = load_vocabulary(project)
    assert {"faq/hospital_stay", "not_covered/cost", "screening", "off_topic"} <= set(vocabulary.topics)
    assert vocabulary.questions == ("fracture", "age_related", "stenosis_surgery")
    assert "bladder_or_bowel" in vocabulary.categories["emergency"]
    assert set(vocabulary.categories) == {"emergency", "crisis", "urgent"}


def test_examples_are_known_by_their_intent(project: Path) -> None:
    assert known_examples(project)["how long is the hospital stay"] == "faq/hospital_stay"


def test_every_label_is_one_of_the_evaluations(project: Path) -> None:
    labels = evaluation_labels(project)
    assert (labels["faq/hospital_stay"], labels["not_covered/cost"]) == ("F6", "not_covered")
    assert (labels["clinician/symptoms"], labels["talk_to_person"]) == ("clinician", "handoff")
    for label in labels.values():
        read_expected(label)
    assert not {topic for topic in load_vocabulary(project).topics if topic.startswith("faq/")} - set(labels)
