"""What commands the texting, and what only sounds like it."""

from pathlib import Path

import pytest

from candidacy.language.rule_files import RuleError
from candidacy.machine import clinic_texts
from candidacy.settings import read_settings
from candidacy.sms.keywords import KEYWORDS_FILE, Command, command_of, is_command_word, load_keywords

KEYWORDS = load_keywords()
TEXTS = clinic_texts(read_settings({}))
VALUES = dict.fromkeys(
    ("lines", "label", "value", "detail", "reported", "unknown", "reference", "link", "link_minutes"), "x"
)

STOP_WORDS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")
"""Twilio's default words."""


def command(text: str, *, opted_out: bool = False) -> Command | None:
    return command_of(text, opted_out=opted_out, keywords=KEYWORDS)


@pytest.mark.parametrize("word", STOP_WORDS)
@pytest.mark.parametrize(
    "written",
    [
        "{}",
        " {} ",
        "{}.",
        "{}!!!",
        "{}?",
        '"{}"',
        "\u201c{}\u201d",
        "({})",
        "*{}*",
        "{}\n",
        "\n\n{}",
        "{}\u200b",
        "\u00a0{}",
        "{} \U0001f6d1",
        "\U0001f64f {}",
    ],
)
def test_the_words_in_any_case_and_punctuation(word: str, written: str) -> None:
    for text in (word, word.lower(), word.title(), word.swapcase()):
        assert command(written.format(text)) is Command.STOP


@pytest.mark.parametrize("word", STOP_WORDS)
@pytest.mark.parametrize("between", [" ", ".", "-", "  ", "_", "\u200b", ", "])
def test_the_words_in_any_spacing(word: str, between: str) -> None:
    assert command(between.join(word)) is Command.STOP


@pytest.mark.parametrize(
    "text",
    [
        "stop all",
        "opt out",
        "Opt-Out",
        "un-subscribe",
        "STOOOOP",
        "\uff33\uff34\uff2f\uff30",
        "\u24c8\u24c9\u24c4\u24c5",
        "stopp",
        "unsubcribe",
        "remove",
        "Please stop",
        "stop please",
        "STOP NOW",
        "stop it",
        "STOP to end",
        "I said STOP",
        "ok stop",
        "text stop",
        "No. Stop.",
        "stop, please, thank you",
        "STOP texting",
        "stop texting me",
        "quit texting me",
        "please stop texting me",
        "Please stop texting me!!!",
        "can you stop texting me?",
        "could you please stop messaging me",
        "hey please quit texting me thanks",
        "You can stop texting this number",
        "stop sending me these",
        "stop sending texts",
        "stop the texts",
        "Stop all messages",
        "stop spamming me",
        "Stop calling me",
        "quit sending me stuff",
        "don't text me",
        "don\u2019t text me anymore",
        "do not contact me again",
        "never text me again",
        "don't send me anything",
        "I don't want any more texts",
        "i do not want these messages",
        "I don't want to be texted",
        "i don't want you to text me",
        "no more texts",
        "no more messages please",
        "no more of these texts",
        "remove me from your list",
        "take me off this list please",
        "get me off your texting list",
        "remove my number from your list",
        "delete my number",
        "lose my number",
        "leave me alone",
        "opt me out",
        "I want to opt out",
        "want to opt out of texts",
        "opt out of these messages",
        "i'd like to unsubscribe",
        "unsubscribe me",
        "unsubscribe from this list",
        "I want to stop",
        "i want to stop getting these texts",
        "i revoke my consent",
        "I withdraw my permission to be texted",
        "cancel these texts",
        "end these messages",
        "turn off these texts",
        "I already had surgery. Please stop texting me.",
        "Please stop texting me, I have a surgeon",
        "wrong number, stop texting me",
        "Thanks but I don't want any more texts",
        "no más",
        "NO MAS",
        "¡No más!",
        "ya no más",
        "no más mensajes",
        "alto",
        "basta",
        "pare por favor",
        "no me escriban más",
        "no me manden mensajes",
        "dejen de mandarme mensajes",
        "no quiero recibir mensajes",
        "quiero darme de baja",
        "cancelar mensajes",
        "déjenme en paz",
        "Stop. I think I'm having a heart attack",
    ],
)
def test_an_end_asked_for_in_plain_words(text: str) -> None:
    assert command(text) is Command.STOP


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the pain won't stop",
        "the pain will not stop",
        "my back pain does not stop",
        "please stop the pain",
        "make it stop",
        "I want the pain to stop",
        "will fusion stop the pain",
        "how can I stop the pain",
        "stop smoking",
        "I want to stop smoking",
        "quit smoking",
        "I quit smoking in 2019",
        "I had to quit my job",
        "i want to quit smoking",
        "should I stop taking ibuprofen?",
        "do I have to stop eating before",
        "stop my medication before surgery?",
        "stop the meds",
        "when does it stop",
        "stop and go",
        "I can't stop shaking",
        "stop the bleeding",
        "it hurts when I walk, stop, and start",
        "cancel my appointment?",
        "cancel my appointment",
        "can I cancel",
        "how do I cancel my appointment",
        "I want to cancel my request",
        "cancel surgery",
        "cancel it",
        "it never ends",
        "the end of the day",
        "End stage arthritis",
        "I want to end my life",
        "i want to end this",
        "just let me end this",
        "i want to end it all",
        "end it",
        "I want out",
        "i want out of pain",
        "i can't go on",
        "don't stop texting me",
        "please don't stop texting me",
        "my doctor told me to stop running",
        "they said stop, then start again",
        "what happens if I stop",
        "stop asking",
        "stop the questions",
        "no more questions",
        "I don't want more questions",
        "no more pain",
        "no more",
        "nothing more",
        "no",
        "no thanks",
        "i dont want this",
        "not interested",
        "go away",
        "text me in the morning",
        "call me, don't call my wife",
        "opt for surgery",
        "opt out of surgery?",
        "I opted for surgery",
        "I don't want surgery",
        "i dont want this surgery",
        "I don't want to talk to a person",
        "remove the screws",
        "can they remove a disc",
        "remove me from the waitlist",
        "take me off oxycodone",
        "do not resuscitate",
        "delete my data",
        "stops",
        "ending",
        "unsubtle",
        "help me",
        "I need help",
        "help, I fell",
        "info about fusion",
        "can you help?",
        "no me duele más",
        "para",
        "me duele, no para",
    ],
)
def test_other_words(text: str) -> None:
    assert command(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "HELP",
        "help!",
        "Help?",
        "h e l p",
        "INFO",
        "info.",
        "ayuda",
        "how do I opt out",
        "How do I unsubscribe?",
        "how do i stop these texts",
        "how to stop getting these messages",
        "who is this?",
    ],
)
def test_help(text: str) -> None:
    assert command(text) is Command.HELP


@pytest.mark.parametrize(
    ("text", "opted_out", "expected"),
    [
        ("START", True, Command.START),
        ("start.", True, Command.START),
        ("UNSTOP", True, Command.START),
        ("un-stop", True, Command.START),
        ("YES", True, Command.START),
        ("Yes!", True, Command.START),
        ("y", True, Command.START),
        ("sí", True, Command.START),
        ("start texting me", True, Command.START),
        ("yes, my back hurts", True, None),
        ("I want to start walking", True, None),
        ("STOP", True, Command.STOP),
        ("HELP", True, Command.HELP),
        ("UNSTOP", False, Command.START),
        ("START", False, None),
        ("YES", False, None),
        ("y", False, None),
        ("sí", False, None),
    ],
)
def test_resuming(text: str, opted_out: bool, expected: Command | None) -> None:
    assert command(text, opted_out=opted_out) is expected


@pytest.mark.parametrize("text", [*STOP_WORDS, "START", "UNSTOP", "Start", "HELP", "Info", "Cancel", "No more texts"])
def test_command_words_are_no_answers(text: str) -> None:
    assert is_command_word(text, KEYWORDS)


@pytest.mark.parametrize(
    "text", ["Yes", "No", "Not sure", "Yes, start", "Skip", "Call me", "Text me", "Start the questions"]
)
def test_answers(text: str) -> None:
    assert not is_command_word(text, KEYWORDS)


@pytest.mark.parametrize("name", sorted(TEXTS.names))
def test_no_button_of_ours_is_a_command_word(name: str) -> None:
    titles = [button.title for button in TEXTS.reply(name, **VALUES).buttons]
    titles += [TEXTS.reply(name, **VALUES).text] if name.startswith("utter_title/") else []
    assert [title for title in titles if is_command_word(title, KEYWORDS)] == []


@pytest.mark.parametrize(
    "text",
    [
        "please " * 230,
        "ok no yes " * 160,
        "can you please just " * 80,
        "i told you to i told you " * 60,
        "stop sending me " * 100,
        "stop, " * 260,
        "i dont want any more " * 75,
    ],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    command(text[:1600])


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("<contact>", "<nobody>", "no list <nobody>"),
        ("    - stop and", "    - [stop", "YAML"),
        ("- cancel\n", "- 5\n", "not text"),
        ("openings:", "closings2:", "openings"),
        ("(opt out|unsubscribe) ...", "(opt out ...", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    text = KEYWORDS_FILE.read_text(encoding="utf-8").replace("    - stop\n", "    - stop and\n", 1)
    file = tmp_path / "keywords.yml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=complaint) as error:
        load_keywords(file)
    assert str(file) in str(error.value)
