"""What a message answers without naming it, and what it answers only in part: one sentence a way of speaking."""

import pytest

from candidacy.language.findings import FindingsReader

ASKED = {"F": "fracture", "A": "age_related", "S": "stenosis_surgery"}


def value(reader: FindingsReader, asked: str, text: str, *, subject: str = "self") -> str | None:
    """What is read as the answer to the question put: a finding about it, else the bare answer."""
    reading = reader.read(text, asked=ASKED[asked])
    found = [f.value for f in reading.findings if f.concept == ASKED[asked] and f.subject == subject]
    return found[0] if found else reading.answer


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        # in other words than yes
        ("F", "afraid so"),
        ("F", "Sure did. 1979. Hay baler."),
        ("F", "more than once"),
        ("F", "I did, at the top of my neck"),
        ("F", "can't say I haven't"),
        ("F", "They found one on the CT last month."),
        ("F", "it healed up fine but yes"),
        ("S", "that's what they did, yes"),
        ("S", "had two of em"),
        ("S", "My first one was in 2003 and the second in 2017"),
        # by level alone
        ("F", "L4"),
        ("F", "T9 and T10, in december"),
        ("S", "My L4-L5 was done in 2010"),
        # the topic said back to oneself
        ("S", "laminectomy? yeah 2 of them"),
        ("A", "Hmm. Stenosis? Yes, that was the word."),
        # broken, in lay words
        ("F", "My vertebra is broken since the accident"),
        ("F", "the bones in my back are crumbling, two collapsed"),
        ("F", "it was so bad they filled it with cement"),
        # worn, narrow, slipped, curved
        ("A", "the cushions between the bones are gone she said"),
        ("A", "my discs are basically dust"),
        ("A", "the tunnel for the nerves is way too tight"),
        ("A", "one bone slipped forward over the other"),
        ("A", "my spine is curved like an S"),
        ("A", "arthritis"),
        ("A", "they called it spondylosis, I think"),
        # made room for the nerves
        ("S", "They shaved some bone so the nerve could breathe"),
        ("S", "Doctor opened the bone to give space to the nerve"),
        ("S", "yup they cleaned out the canal"),
        ("S", "the surgeon took the roof off on the left side"),
        ("S", "yes for the narrowing"),
        ("S", "one surgery, for stenosis at L4"),
        ("S", "had the surgery, yes, and a revision in 2020"),
    ],
)
def test_a_yes(reader: FindingsReader, asked: str, text: str) -> None:
    assert value(reader, asked, text) == "yes"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        # in other words than no
        ("F", "Not once, the Lord be praised"),
        ("F", "can't say I have"),
        ("F", "yeah no"),
        ("F", "im pretty sure not"),
        ("F", "no such luck"),
        ("F", "my doctor never saw one"),
        ("A", "No one's ever mentioned it"),
        ("A", "Never been told anything of the kind."),
        ("A", "not that I've been made aware of"),
        ("S", "nothing surgical"),
        ("S", "Nothing yet, trying shots first"),
        # of the part of the body
        ("F", "My spine? No. My femur, yes."),
        ("F", "not my spine but my hip"),
        ("F", "ribs, wrist, never the back"),
        ("F", "I broke everything but my back"),
        ("A", "Arthritis in my fingers, nothing in the back"),
        ("A", "my hips yes, my back no"),
        ("S", "nobody has ever cut into my spine"),
        # the pictures, the bones
        ("F", "the xrays were all clear"),
        ("F", "my spine is fine, it was the collarbone"),
        ("A", "MRI normal"),
        ("A", "the discs are okay, it's the ligaments"),
        # only something else
        ("F", "just a sprain as far as they could tell"),
        ("A", "just muscle spasms"),
        ("S", "only steroid injections"),
        ("S", "I've had my gallbladder and my tonsils out, that's all"),
        ("S", "No surgery, just injections and physical therapy."),
        # it has not happened
        ("S", "I chickened out at the last minute"),
        ("S", "it's booked for September"),
        ("S", "the insurance won't approve it"),
        ("S", "my surgeon decided against it"),
        ("S", "I am on the list for it"),
        ("S", "They offered, I passed."),
        # in the end
        ("F", "they thought it was cracked but in the end it was just bruised"),
        ("F", "I was told it might be a fracture. It turned out to be nothing."),
        ("A", "we all believed it was arthritis, so the answer is no, they ruled it out"),
        ("F", "long story, but put me down as a no"),
    ],
)
def test_a_no(reader: FindingsReader, asked: str, text: str) -> None:
    assert value(reader, asked, text) == "no"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("F", "I was never x-rayed, so I can't tell you"),
        ("F", "the results haven't come back"),
        ("F", "I'd have to ask my wife"),
        ("F", "how would I know"),
        ("F", "they haven't told me anything yet"),
        ("A", "inconclusive"),
        ("A", "nobody's looked inside so I couldn't say"),
        ("A", "they're sending me for a scan to find out"),
        ("S", "they did something to my back but I don't know what it was called"),
        ("S", "I had back surgery but I couldn't tell you what kind"),
        ("S", "my memory isn't what it was"),
        ("S", "put me down as not sure"),
    ],
)
def test_not_known(reader: FindingsReader, asked: str, text: str) -> None:
    assert value(reader, asked, text) == "unknown"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("F", "broke my hip"),
        ("F", "yes, my wrist"),
        ("F", "i dont have one now but i did in 2010"),
        ("F", "one radiologist saw it and the other didn't"),
        ("A", "arthritis in my knees"),
        ("A", "my chiropractor says degeneration but my doctor hasn't confirmed it"),
        ("S", "back surgery in 2010"),
        ("S", "not for stenosis, but I had a decompression"),
        ("S", "ive had back surgery but it wasnt for that"),
        ("S", "a decompression on my wrist"),
        ("S", "Surgery was cancelled, then they did it anyway in 2021"),
    ],
)
def test_what_is_not_clear_is_left_to_be_confirmed(reader: FindingsReader, asked: str, text: str) -> None:
    assert value(reader, asked, text) is None
    assert ASKED[asked] in reader.read(text, asked=ASKED[asked]).unclear


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(
    "text",
    [
        # asks back
        "does a chipped bone count? no I guess",
        "what do you mean by that",
        "is a slipped disc the same thing as a fracture",
        # declines
        "no, I'd rather not say",
        "that's none of your business",
        "I don't want to talk about it",
        # says nothing of it
        "had it up to here with these questions",
        "no insurance",
        "I wear a brace for my back",
        "ok thanks bye",
    ],
)
def test_no_answer_at_all(reader: FindingsReader, asked: str, text: str) -> None:
    assert value(reader, asked, text) is None


@pytest.mark.parametrize("text", ["no, I'd rather not say", "what do you mean by fracture", "ok thanks bye"])
def test_what_says_nothing_is_not_confirmed_either(reader: FindingsReader, text: str) -> None:
    reading = reader.read(text, asked="fracture")
    assert (reading.unclear, reading.bearing) == ((), False)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("yes, T12 in 2019", "T12, 2019"),
        ("Yep. It was 2004.", "2004"),
        ("had it done in 2011", "2011"),
        ("yes", None),
    ],
)
def test_a_bare_yes_keeps_its_details(reader: FindingsReader, text: str, detail: str | None) -> None:
    reading = reader.read(text, asked="stenosis_surgery")
    assert reading.answer == "yes"
    assert [finding.detail for finding in reading.findings] == ([detail] if detail else [])


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("my mother did", None, "yes"),
        ("she hasn't", None, "no"),
        ("me, no. My twin sister, yes.", "no", "yes"),
        ("not me, my wife had that", "no", "yes"),
        ("my father did and so did I", "yes", "yes"),
        ("no but my brother broke his neck", "no", "yes"),
        ("my wife is 60 and has a broken vertebra", None, "yes"),
        ("the lady at the desk said I broke L1", "yes", None),
        ("my doctor says no", "no", None),
        ("nah bro never", "no", None),
    ],
)
def test_whose_answer_it_is(reader: FindingsReader, text: str, own: str | None, other: str | None) -> None:
    reading = reader.read(text, asked="fracture")
    others = {f.value for f in reading.findings if f.concept == "fracture" and f.subject == "other"}
    assert value(reader, "F", text) == own
    assert others == ({other} if other else set())


@pytest.mark.parametrize("text", ["her sister broke her back", "scoliosis runs in my family"])
def test_a_relative_of_the_other_and_the_family_are_another_again(reader: FindingsReader, text: str) -> None:
    assert {finding.subject for finding in reader.read(text).findings} == {"another"}


@pytest.mark.parametrize(
    ("text", "for_another"),
    [
        ("I'm filling this out for my grandpa, he broke L2", True),
        ("He had it done in Boston, I'm his daughter", True),
        ("my dad's 80, this is for him not me", True),
        ("I look after her, she's ninety", True),
        ("my mother had it", False),
        ("I'm here because my wife made me come", False),
        ("I broke my back working for my uncle", False),
    ],
)
def test_a_message_may_say_that_it_is_for_another(reader: FindingsReader, text: str, for_another: bool) -> None:
    assert reader.read(text, asked="fracture").for_another is for_another
