"""What messages say about a fracture, an age-related condition and stenosis surgery."""

from pathlib import Path

import pytest

from candidacy.language.findings import FindingsReader, Reading
from candidacy.language.rule_files import RuleError

ASKED = {"F": "fracture", "A": "age_related", "S": "stenosis_surgery"}


def values(reading: Reading, *, subject: str = "self") -> dict[str, str]:
    return {finding.concept: finding.value for finding in reading.findings if finding.subject == subject}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # several answers in one message
        ("no fracture but they did a laminectomy in 2019", {"fracture": "no", "stenosis_surgery": "yes"}),
        ("no fracture, laminectomy 2019", {"fracture": "no", "stenosis_surgery": "yes"}),
        ("My MRI says mild stenosis L3-4, no fracture", {"age_related": "yes", "fracture": "no"}),
        (
            "No fractures, but I do have stenosis and I had a laminectomy at L4-L5 in March 2018",
            {"fracture": "no", "age_related": "yes", "stenosis_surgery": "yes"},
        ),
        (
            "don't have a fracture, arthritis of the spine, or stenosis",
            {"fracture": "no", "age_related": "no"},
        ),
        ("no evidence of fracture. mild degenerative changes", {"fracture": "no", "age_related": "yes"}),
        # fractures of the spine, in many words
        ("I broke L1 two years ago", {"fracture": "yes"}),
        ("I broke my back in a car crash when I was 19", {"fracture": "yes"}),
        ("I have a compression fracture", {"fracture": "yes"}),
        ("they found a hairline crack in L2", {"fracture": "yes"}),
        ("I've got a crushed vertebra", {"fracture": "yes"}),
        ("my vertebra is cracked", {"fracture": "yes"}),
        ("my spine had a crack in it, at T11", {"fracture": "yes"}),
        ("I fell and cracked a vertebra, L3 I think", {"fracture": "yes"}),
        ("my husband says I broke my back when I fell off the ladder", {"fracture": "yes"}),
        # and what is not one
        ("I cracked my back at the chiropractor", {}),
        ("I broke my wrist", {"fracture_elsewhere": "yes"}),
        ("stress fracture in my foot in 2020", {"fracture_elsewhere": "yes"}),
        ("I broke my neck of the femur", {"fracture_elsewhere": "yes"}),
        ("broke my hip and two vertebrae in 2012", {"fracture_elsewhere": "yes", "fracture": "yes"}),
        ("you are breaking the bank here", {}),
        # conditions by name
        ("I was diagnosed with spinal stenosis last year", {"age_related": "yes"}),
        ("my xray showed scoliosis", {"age_related": "yes"}),
        ("i have degenrative disc diseese", {"age_related": "yes"}),
        ("I have arthritis in my lower back", {"age_related": "yes"}),
        ("I have arthritis in my knees", {}),
        ("I have arthritis", {}),
        ("I have aortic stenosis", {}),
        ("I have macular degeneration", {}),
        ("I have a herniated disc but no stenosis", {"age_related": "yes"}),
        ("my back hurts all the time", {}),
        # surgery
        ("they made more room for the nerves in 2015", {"stenosis_surgery": "yes"}),
        ("they went in and cleaned out the stenosis 3 yrs ago", {"stenosis_surgery": "yes"}),
        ("the surgeon took some bone off my spine to give the nerves more room", {"stenosis_surgery": "yes"}),
        ("they shaved off some bone so the nerves had room", {"stenosis_surgery": "yes"}),
        ("I had an operation on my back because of stenosis", {"stenosis_surgery": "yes"}),
        ("I had stenosis surgery and now it's worse", {"stenosis_surgery": "yes"}),
        ("I had a spinal fusion in 2010", {"other_surgery": "yes"}),
        ("had a fusion at L5-S1 but no laminectomy", {"other_surgery": "yes", "stenosis_surgery": "no"}),
        ("I did decompression therapy at the chiropractor", {}),
        ("had my canal widened", {"stenosis_surgery": "yes"}),
        ("my back surgery wasn't for stenosis, it was for a tumor", {"other_surgery": "yes"}),
        ("without surgery my stenosis got worse", {"age_related": "yes"}),
        (
            "I'm 67 with stenosis, no prior surgeries",
            {"age_related": "yes", "other_surgery": "no", "stenosis_surgery": "no"},
        ),
        ("never had surgery", {"stenosis_surgery": "no", "other_surgery": "no"}),
        ("I don't want surgery", {}),
        ("hoping to avoid surgery", {}),
    ],
)
def test_volunteered(reader: FindingsReader, text: str, expected: dict[str, str]) -> None:
    assert values(reader.read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I don't have a fracture of the spine",
        "I never broke my back",
        "ain't never broke my back",
        "I don't have no fracture",
        "fracture was ruled out",
        "doctor ruled out a fracture",
        "they said there's no fracture on the xray",
        "I don't think I broke my back",
        "no fracture that I know of",
        "never broke a bone",
        "no bones broken",
        "nothing broken",
        "my dr never mentioned any fracture",
        "not a fracture, just arthritis",
        "fracture: no",
        "my back is not broken",
        "my L1 isn't fractured",
        "No my vertebrae are not broken",
    ],
)
def test_a_denied_fracture(reader: FindingsReader, text: str) -> None:
    assert values(reader.read(text, asked="fracture"))["fracture"] == "no"


@pytest.mark.parametrize(
    "text",
    [
        "I don't know if I broke my back",
        "not sure whether I have a fracture of the spine",
        "maybe a compression fracture",
        "they haven't ruled out a fracture",
        "waiting for the scan to see if L1 is broken",
        "I might have broken my back",
        "the doctor thought it was a fracture",
        "I'm worried I broke my back",
        "the doctor mentioned something about a fracture",
        "broke my tailbone",
    ],
)
def test_a_doubtful_fracture(reader: FindingsReader, text: str) -> None:
    assert values(reader.read(text, asked="fracture")) == {"fracture": "unknown"}


@pytest.mark.parametrize(
    "text",
    [
        "it's not that I don't have stenosis",
        "I can't say I don't have stenosis",
        "can't deny I have stenosis",
        "I wouldn't say I have no stenosis",
    ],
)
def test_a_denied_denial_is_a_yes(reader: FindingsReader, text: str) -> None:
    assert values(reader.read(text)) == {"age_related": "yes"}


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("F", "compression fracture", {"fracture": "yes"}),
        ("F", "had a fracture in 2010", {"fracture": "yes"}),
        ("F", "only ever broke my wrist", {"fracture_elsewhere": "yes", "fracture": "no"}),
        ("F", "broke my wrist", {"fracture_elsewhere": "yes"}),
        ("F", "I never knew I had a fracture until the MRI", {"fracture": "yes"}),
        ("F", "osteoporosis but no fractures", {"fracture": "no"}),
        ("F", "got rear ended, they said T7 was crushed", {"fracture": "yes"}),
        ("A", "stenosis", {"age_related": "yes"}),
        ("A", "Scoliosis and ddd", {"age_related": "yes"}),
        ("A", "bone spurs", {"age_related": "yes"}),
        ("A", "bone spurs in my heel", {}),
        ("A", "spinal stenosis and bone spurs", {"age_related": "yes"}),
        ("A", "no scoliosis but I have stenosis", {"age_related": "yes"}),
        ("A", "no I have a herniated disc", {"age_related": "yes"}),
        ("A", "I've never been diagnosed with scoliosis", {"age_related": "no"}),
        ("A", "I was told I may have stenosis", {"age_related": "unknown"}),
        ("A", "one doctor says stenosis another says no", {"age_related": "unknown"}),
        ("A", "doctor told me I don't have arthritis in my spine", {"age_related": "no"}),
        ("A", "my doctor doesn't think it's stenosis", {"age_related": "no"}),
        ("A", "they told me stenosis, then another said no", {"age_related": "unknown"}),
        ("A", "They are testing me for ankylosing spondylitis", {}),
        ("A", "At my age who doesn't have arthritis", {}),
        ("A", "my discs aren't bulging", {"age_related": "no"}),
        ("A", "my stenosis was ruled out", {"age_related": "no"}),
        ("A", "not sure my stenosis is the cause", {"age_related": "yes"}),
        ("A", "pinched nerve", {}),
        ("S", "laminectomie L4 L5 in 2018, worked great", {"stenosis_surgery": "yes"}),
        ("S", "never been operated on", {"other_surgery": "no", "stenosis_surgery": "no"}),
        ("S", "no surgery", {"stenosis_surgery": "no", "other_surgery": "no"}),
        ("S", "back surgery in 2010", {"other_surgery": "yes"}),
        ("S", "just a knee replacement", {"other_surgery": "yes", "stenosis_surgery": "no"}),
        ("S", "I just had a knee replacement", {"other_surgery": "yes"}),
        ("S", "surgery but not for stenosis", {"other_surgery": "yes"}),
        ("S", "laminectomy yes fusion no", {"stenosis_surgery": "yes", "other_surgery": "no"}),
        ("S", "had a discectomy, never a laminectomy", {"other_surgery": "yes", "stenosis_surgery": "no"}),
    ],
)
def test_as_the_answer_to_a_question(reader: FindingsReader, asked: str, text: str, expected: dict[str, str]) -> None:
    assert values(reader.read(text, asked=ASKED[asked])) == expected


@pytest.mark.parametrize(
    "text",
    [
        "is stenosis a fracture?",
        "What is a laminectomy?",
        "do you treat scoliosis",
        "can I get fusion if I had a laminectomy?",
        "How long is recovery for someone with scoliosis",
        "I have a question about spinal stenosis",
        "what if I have a fracture",
        "people with stenosis do well right",
        "stenosis surgery recovery time",
        "is my L4 fracture treatable?",
        "I read that stenosis gets worse",
        "stenosis",
        "tell me about laminectomy",
    ],
)
def test_asking_or_naming_is_no_finding(reader: FindingsReader, text: str) -> None:
    assert reader.read(text).findings == ()


@pytest.mark.parametrize(
    ("text", "own", "others"),
    [
        ("my mother has stenosis", {}, {"age_related": "yes"}),
        ("my mother has stenosis and I have scoliosis", {"age_related": "yes"}, {"age_related": "yes"}),
        ("my husband had a laminectomy, I have spondylosis", {"age_related": "yes"}, {"stenosis_surgery": "yes"}),
        ("I'm asking for my mother. She broke L2", {}, {"fracture": "yes"}),
        ("she has never broken anything", {}, {"fracture": "no"}),
        ("my mom broke her hip and I take care of her", {}, {"fracture_elsewhere": "yes"}),
        ("my foreman has scoliosis", {}, {"age_related": "yes"}),
        ("my spine has stenosis", {"age_related": "yes"}, {}),
        ("he said I have stenosis", {"age_related": "yes"}, {}),
        ("my surgeon did a laminectomy", {"stenosis_surgery": "yes"}, {}),
        ("I have stenosis just like my mother", {"age_related": "yes"}, {}),
        ("I broke L1. no wait that was my brother", {}, {"fracture": "yes"}),
    ],
)
def test_whose_it_is(reader: FindingsReader, text: str, own: dict[str, str], others: dict[str, str]) -> None:
    reading = reader.read(text)
    assert values(reading) == own
    assert values(reading, subject="other") == others


@pytest.mark.parametrize(
    "text",
    [
        "I'm having a laminectomy next month",
        "they cancelled my laminectomy",
        "I had a laminectomy scheduled but they cancelled",
        "had to cancel my laminectomy",
        "i was supposed to have decompression surgery but i chickened out",
        "my doctor recommended a laminectomy",
        "I need a laminectomy",
        "was going to have surgery for stenosis but the insurance denied it",
    ],
)
def test_surgery_that_has_not_happened(reader: FindingsReader, text: str) -> None:
    (finding,) = reader.read(text).findings
    assert (finding.concept, finding.value, finding.time) == ("stenosis_surgery", "no", "planned")


@pytest.mark.parametrize(
    "text",
    [
        "I already had a laminectomy and now they say I need another one",
        "I had a laminectomy in 2015 and might need another",
        "I've had decompression surgery, twice, next one is in May",
    ],
)
def test_surgery_that_has_happened_beside_a_plan(reader: FindingsReader, text: str) -> None:
    (finding,) = reader.read(text).findings
    assert (finding.concept, finding.value, finding.time) == ("stenosis_surgery", "yes", "past")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no fracture. no wait, I did break L1", {"fracture": "yes"}),
        ("I broke L1 in 2010. no actually I didn't", {"fracture": "no"}),
        ("I broke my back, sorry I meant my wrist", {"fracture_elsewhere": "yes"}),
        ("I have stenosis. I don't have stenosis.", {"age_related": "no"}),
        ("I broke L2, I didn't break L1", {"fracture": "yes"}),
        ("I said yes but I was thinking of my shoulder", {}),
    ],
)
def test_the_last_word_counts(reader: FindingsReader, text: str, expected: dict[str, str]) -> None:
    assert values(reader.read(text, asked="fracture")) == expected


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("I broke L1 two years ago", "L1, two years ago"),
        ("T12 compression fx in May 2019", "T12, May 2019"),
        ("I broke L1 in 2010. no actually it was L2", "L2, 2010"),
        ("I broke my back. it was in 2014", "2014"),
        ("I had a laminectomy in 2019", "2019"),
        ("I have scoliosis", "scoliosis"),
        ("bulging discs at L4-L5", "bulging disk, L4-L5"),
        ("I have spondylosis and spondylolisthesis", "spondylosis, spondylolisthesis"),
        ("I broke my back", None),
    ],
)
def test_details_as_told(reader: FindingsReader, text: str, detail: str | None) -> None:
    (finding,) = reader.read(text).findings
    assert finding.detail == detail


def test_a_finding_keeps_the_words_it_was_read_from(reader: FindingsReader) -> None:
    (finding,) = reader.read("Well, you know. I broke L1 in 2019! Thanks").findings
    assert finding.text == "I broke L1 in 2019!"


@pytest.mark.parametrize(
    ("asked", "text", "answer"),
    [
        ("F", "yep I did", "yes"),
        ("F", "YES", "yes"),
        ("F", "yes but I'm not sure when", "yes"),
        ("S", "do you mean like a laminectomy? yes had that", "yes"),
        ("F", "nope", "no"),
        ("F", "no!!!!", "no"),
        ("F", "not that I know of", "no"),
        ("F", "I don't think so", "no"),
        ("F", "Not to my knowledge, but I fell pretty hard last year", "no"),
        ("F", "MRI was clear", "no"),
        ("A", "my spine is fine", "no"),
        ("A", "nobody ever said anything", "no"),
        ("F", "dunno", "unknown"),
        ("F", "maybe, waiting on the MRI", "unknown"),
        ("F", "the doctor mentioned something", "unknown"),
        ("A", "no se", "unknown"),
        ("A", "no... I mean I don't really know", "unknown"),
        ("A", "yes. I mean no.", "no"),
        # not an answer, or not to this question
        ("F", "why do you ask?", None),
        ("F", "yes?", None),
        ("F", "1. no 2. yes 3. no", None),
        ("F", "yes, my wrist", None),
        ("A", "yes my mother has it", None),
        ("S", "yes it's scheduled for June", None),
        ("A", "no I have a herniated disc", None),
        ("F", "no wait", None),
        ("F", "\U0001f44d", None),
        ("S", "MRI was clear", None),
    ],
)
def test_the_bare_answer(reader: FindingsReader, asked: str, text: str, answer: str | None) -> None:
    assert reader.read(text, asked=ASKED[asked]).answer == answer


def test_several_questions_are_read_at_once(reader: FindingsReader) -> None:
    readings = reader.read_for_questions("bone spurs", ["age_related", "fracture"])
    assert set(readings) == {None, "age_related", "fracture"}
    assert readings["age_related"] == reader.read("bone spurs", asked="age_related")
    assert readings[None] == reader.read("bone spurs")


@pytest.mark.parametrize("text", ["", "\U0001f44d", "\u200b\u200b", "?" * 50, "a" * 2000, "no " * 700, "(((((", "\x00"])
def test_odd_text_is_read_without_an_error(reader: FindingsReader, text: str) -> None:
    assert reader.read(text).findings == ()


def test_what_the_screening_does_not_ask_is_refused(reader: FindingsReader) -> None:
    with pytest.raises(ValueError, match="fracture_elsewhere"):
        reader.read("no", asked="fracture_elsewhere")


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"spelling\.yml"):
        FindingsReader(rules=tmp_path)
