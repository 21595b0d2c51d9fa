"""A short question leans on the answer before it."""

from pathlib import Path

import pytest
import yaml

from candidacy.dialogue.follow_up import FollowUps, FollowUpsError, load_follow_ups


@pytest.fixture(scope="module")
def follow_ups() -> FollowUps:
    return load_follow_ups()


@pytest.mark.parametrize(
    ("answered", "text", "topic"),
    [
        ("faq/rehabilitation", "and how long is that?", "faq/rehabilitation_length"),
        ("faq/rehabilitation", "how long?", "faq/rehabilitation_length"),
        ("faq/in_hospital", "how long is that", "faq/hospital_stay"),
        ("faq/is_it_major", "And how long does it take?", "not_covered/length_of_operation"),
        ("faq/types", "what about the second one?", "faq/metal_implant"),
        ("faq/types", "tell me about the first one", "faq/bone_graft"),
        ("faq/bone_graft", "and the other one?", "faq/metal_implant"),
        ("faq/reasons", "what's the third one", "faq/stenosis_reason"),
        ("faq/in_hospital", "does it hurt", "faq/pain_control_in_hospital"),
        # stands on its own
        ("faq/rehabilitation", "how long is the hospital stay", None),
        ("faq/in_hospital", "and how long is recovery?", None),
        ("faq/types", "which is better, the second one?", None),
        ("faq/rehabilitation", "when can I drive", None),
        ("faq/phone_number", "and how long is that?", None),
        ("faq/types", "my neighbor had it done and she told me the second one was better for her", None),
    ],
)
def test_what_a_short_question_means(follow_ups: FollowUps, answered: str, text: str, topic: str | None) -> None:
    assert follow_ups.topic(text, answered=["faq/outlook", answered]) == topic


def test_nothing_is_leant_on_when_nothing_was_answered(follow_ups: FollowUps) -> None:
    assert follow_ups.topic("and how long is that?", answered=[]) is None


def test_every_topic_has_a_text(project: Path, follow_ups: FollowUps) -> None:
    responses = yaml.safe_load((project / "domain.yml").read_text(encoding="utf-8"))["responses"]
    named = {*follow_ups.topics, *(topic for meant in follow_ups.topics.values() for topic in meant.values())}
    assert {topic for topic in named if f"utter_{topic}" not in responses} == set()


@pytest.mark.parametrize(
    "content", ["kinds: {}", "- a", "kinds: {a: [b]}\nsmall_words: [c]\ntopics: {faq/types: {c: faq/types}}"]
)
def test_a_malformed_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "follow_ups.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FollowUpsError, match=r"follow_ups\.yml"):
        load_follow_ups(path)
