"""Every text of domain.yml: it rests on the document's facts, is plain to read, and carries what it is."""

import json
from collections import Counter
from typing import Any

import pytest

from candidacy.assistant.reply import KINDS
from tests.unit.texts.checks import (
    HIGHEST_GRADE,
    LONGEST_SMS,
    Rule,
    Variant,
    copied_runs,
    forbidden,
    long_sentences,
    outside_gsm_7,
    reading_grade,
    sentences,
    variables,
)

LONGEST_BUTTON_TITLE = 28
LONGEST_TOPIC_TITLE = 24
DANGER = ("emergency", "crisis", "urgent")
TOPIC_FAMILIES = ("faq/", "not_covered/", "clinician/")


def in_family(texts: dict[str, Variant], *families: str) -> dict[str, Variant]:
    """The texts about topics of these families."""
    return {name: text for name, text in texts.items() if name.startswith(tuple(f"utter_{f}" for f in families))}


# What a text is


def test_every_text_says_what_kind_of_message_it_is(variants: tuple[Variant, ...]) -> None:
    assert {str(variant): variant.kind for variant in variants if variant.kind not in KINDS} == {}


def test_every_response_has_one_text_for_any_channel(variants: tuple[Variant, ...]) -> None:
    defaults = Counter(variant.name for variant in variants if variant.channel is None and not variant.conditional)
    assert {variant.name: defaults[variant.name] for variant in variants if defaults[variant.name] != 1} == {}


def test_texts_for_sms_are_the_same_message_as_the_default(
    default_texts: dict[str, Variant], sms_texts: dict[str, Variant]
) -> None:
    assert [name for name, text in sms_texts.items() if text.metadata != default_texts[name].metadata] == []


def test_a_topic_is_the_one_that_its_response_is_named_for(default_texts: dict[str, Variant]) -> None:
    topics = {name: text.metadata.get("topic") for name, text in default_texts.items() if "/" in name}
    named_for = {
        name: None if default_texts[name].is_title else name.removeprefix("utter_").removeprefix("again/")
        for name in topics
    }
    assert topics == named_for


def test_a_text_has_only_variables_that_are_filled_in(variants: tuple[Variant, ...], values: dict[str, str]) -> None:
    unknown = {str(variant): variables(variant.template) - set(values) for variant in variants}
    assert {name: names for name, names in unknown.items() if names} == {}


# Facts


def test_the_document_is_eleven_facts(facts: dict[str, dict[str, Any]]) -> None:
    assert list(facts) == [f"F{number}" for number in range(1, 12)]
    assert [number for number, fact in facts.items() if not fact["title"] or not fact["sections"]] == []
    assert [number for number, fact in facts.items() if not fact["statements"]] == []


def test_every_answer_rests_on_facts_that_exist(
    variants: tuple[Variant, ...], facts: dict[str, dict[str, Any]]
) -> None:
    answers = {str(variant): variant.metadata.get("facts") or [] for variant in variants if variant.kind == "answer"}
    assert [name for name, named in answers.items() if not named or not set(named) <= set(facts)] == []


def test_besides_answers_only_the_way_to_the_clinic_claims_a_fact(variants: tuple[Variant, ...]) -> None:
    claims = {
        str(variant): (variant.kind, variant.metadata["facts"]) for variant in variants if "facts" in variant.metadata
    }
    others = {name: claim for name, claim in claims.items() if claim[0] != "answer"}
    assert {name: claim for name, claim in others.items() if claim != ("handoff", ["F11"])} == {}


def test_every_fact_has_an_answer(default_texts: dict[str, Variant], facts: dict[str, dict[str, Any]]) -> None:
    answered = {fact for text in in_family(default_texts, "faq/").values() for fact in text.metadata["facts"]}
    assert set(facts) - answered == set()


def test_no_text_copies_the_document(variants: tuple[Variant, ...], document: str) -> None:
    copied = {str(variant): copied_runs(variant.template, document) for variant in variants}
    assert {name: runs for name, runs in copied.items() if runs} == {}


def test_no_fact_copies_the_document(facts: dict[str, dict[str, Any]], document: str) -> None:
    copied = {number: copied_runs(" ".join(fact["statements"]), document) for number, fact in facts.items()}
    assert {number: runs for number, runs in copied.items() if runs} == {}


# Topics


def test_every_topic_has_a_title_and_a_text_for_sms(
    default_texts: dict[str, Variant], sms_texts: dict[str, Variant]
) -> None:
    topics = [name.removeprefix("utter_") for name in in_family(default_texts, *TOPIC_FAMILIES)]
    assert topics
    assert [topic for topic in topics if f"utter_title/{topic}" not in default_texts] == []
    assert [topic for topic in topics if f"utter_{topic}" not in sms_texts] == []


def test_every_answer_can_be_said_another_way(default_texts: dict[str, Variant]) -> None:
    for name, text in in_family(default_texts, "faq/").items():
        other = default_texts[name.replace("utter_", "utter_again/", 1)]
        assert other.metadata == text.metadata, name
        assert not set(sentences(other.template)) & set(sentences(text.template)), name


def test_titles_fit_a_button_and_differ(default_texts: dict[str, Variant]) -> None:
    titles = {name: text.template for name, text in default_texts.items() if text.is_title}
    assert [name for name, title in titles.items() if len(title) > LONGEST_TOPIC_TITLE] == []
    assert len(set(titles.values())) == len(titles)


def test_what_is_not_answered_goes_to_the_clinic(variants: tuple[Variant, ...]) -> None:
    for variant in variants:
        if variant.kind in ("not_covered", "clinician") or variant.metadata.get("partial"):
            assert "{clinic_phone}" in variant.template, str(variant)
        if variant.kind == "not_covered":
            assert "clinic's page doesn't cover" in variant.template, str(variant)
            assert "consultation" in variant.template, str(variant)


# Wording


def test_no_text_has_a_verdict_or_a_wording_out_of_voice(
    variants: tuple[Variant, ...], forbidden_wording: tuple[Rule, ...]
) -> None:
    reasons = {str(variant): forbidden(variant.template, str(variant.kind), forbidden_wording) for variant in variants}
    assert {name: found for name, found in reasons.items() if found} == {}


def test_texts_read_at_grade_eight_or_lower(variants: tuple[Variant, ...], values: dict[str, str]) -> None:
    grades = {
        str(variant): reading_grade(variant.template.format(**values))
        for variant in variants
        if variant.is_english and not variant.is_fragment
    }
    assert {name: grade for name, grade in grades.items() if grade > HIGHEST_GRADE} == {}


def test_sentences_are_short(variants: tuple[Variant, ...], values: dict[str, str]) -> None:
    long = {str(variant): long_sentences(variant.template.format(**values)) for variant in variants}
    assert {name: found for name, found in long.items() if found} == {}


# SMS


def test_texts_for_sms_are_shorter_than_the_default(
    default_texts: dict[str, Variant], sms_texts: dict[str, Variant], values: dict[str, str]
) -> None:
    lengths = {
        name: (len(text.template.format(**values)), len(default_texts[name].template.format(**values)))
        for name, text in sms_texts.items()
    }
    assert {name: pair for name, pair in lengths.items() if pair[0] >= pair[1] or pair[0] > LONGEST_SMS} == {}


def test_what_is_sent_by_sms_is_in_its_plain_alphabet(
    default_texts: dict[str, Variant], sms_texts: dict[str, Variant], values: dict[str, str]
) -> None:
    sent = {**default_texts, **sms_texts}
    others = {name: outside_gsm_7(text.template.format(**values)) for name, text in sent.items()}
    assert {name: found for name, found in others.items() if found} == {}


@pytest.mark.parametrize("kind", ["answer", "not_covered", "clinician", *DANGER])
def test_what_is_answered_fits_an_sms_with_or_without_a_text_of_its_own(
    kind: str, default_texts: dict[str, Variant], sms_texts: dict[str, Variant], values: dict[str, str]
) -> None:
    sent = {**default_texts, **sms_texts}
    texts = {name: text.template.format(**values) for name, text in sent.items() if text.kind == kind}
    assert texts
    assert {name for name, text in texts.items() if len(text) > LONGEST_SMS} == set()


# Danger


@pytest.mark.parametrize(("kind", "number"), [("emergency", "911"), ("crisis", "988"), ("urgent", "{clinic_phone}")])
def test_in_danger_the_first_sentence_holds_the_number_and_there_are_no_buttons(
    kind: str, number: str, variants: tuple[Variant, ...]
) -> None:
    texts = [variant for variant in variants if variant.kind == kind]
    assert texts
    assert [str(text) for text in texts if number not in sentences(text.template)[0]] == []
    assert [str(text) for text in texts if text.buttons] == []


@pytest.mark.parametrize("level", DANGER)
def test_in_danger_there_are_words_in_spanish_and_english(level: str, default_texts: dict[str, Variant]) -> None:
    spanish = default_texts[f"utter_{level}_es"].template
    assert spanish.startswith("Llame")
    assert "Call" in spanish


# Buttons


def test_a_message_has_three_buttons_at_most(variants: tuple[Variant, ...]) -> None:
    assert [str(variant) for variant in variants if len(variant.buttons) > 3] == []


def test_buttons_have_a_short_title_and_a_payload(variants: tuple[Variant, ...], values: dict[str, str]) -> None:
    for variant in variants:
        for button in variant.buttons:
            assert 0 < len(button["title"].format(**values)) <= LONGEST_BUTTON_TITLE, str(variant)
            assert button["payload"].startswith("/"), str(variant)


def test_buttons_that_choose_a_topic_name_one_that_has_a_text(
    variants: tuple[Variant, ...], default_texts: dict[str, Variant], values: dict[str, str]
) -> None:
    payloads = [button["payload"].format(**values) for variant in variants for button in variant.buttons]
    chosen = [json.loads(payload.removeprefix("/choose")) for payload in payloads if payload.startswith("/choose")]
    assert chosen
    assert [choice for choice in chosen if f"utter_{choice['topic']}" not in default_texts] == []


# The opening


@pytest.mark.parametrize(
    "said",
    ["automated assistant", "not a clinician", "diagnosis", "911", "kept", "delete my data", "talk to a person"],
)
def test_the_opening_says_what_this_is(said: str, default_texts: dict[str, Variant]) -> None:
    assert said in default_texts["utter_opening"].template
