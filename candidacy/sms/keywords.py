"""The words that command the texting itself: STOP ends it, START resumes it, HELP explains it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from candidacy.language.rule_files import RuleError, checked_phrases, read_rule_file
from candidacy.sms.plain_words import plain_words
from candidacy.sms.word_patterns import WordLists, any_of, said_with

KEYWORDS_FILE = Path(__file__).parent / "keywords.yml"

_SENTENCE_END = re.compile(r"[.!?;\n\u2026\u203c]+")
_PART_END = re.compile(r"[.!?;,\n\u2026\u203c\u2013\u2014]+")


class Command(Enum):
    """What a text commands."""

    STOP = "stop"
    START = "start"
    HELP = "help"


@dataclass(frozen=True)
class Keywords:
    """The content of keywords.yml, ready to compare.

    Attributes:
        stop_alone: whole texts that end it, without blanks.
        stop_sentence: matches a sentence (`_joined`) that is nothing else than an end.
        stop_plain: matches a part of a text that asks for an end in plain words.
        start_always: whole texts that resume, without blanks.
        start_when_opted_out: those that do so only for somebody who has opted out.
        may_be_offered: those of them that may stand in a list of answers.
        help_alone: whole texts that ask for an explanation, without blanks.
        help_plain: matches a whole text that asks for it in plain words.
    """

    stop_alone: frozenset[str]
    stop_sentence: re.Pattern[str]
    stop_plain: re.Pattern[str]
    start_always: frozenset[str]
    start_when_opted_out: frozenset[str]
    may_be_offered: frozenset[str]
    help_alone: frozenset[str]
    help_plain: re.Pattern[str]


def load_keywords(path: Path = KEYWORDS_FILE) -> Keywords:
    """Read the command words.

    Raises:
        RuleError: the file is missing or malformed; the message names it and what is wrong with it.
    """
    content = read_rule_file(path)

    def listed(*names: str) -> tuple[str, ...]:
        found: Any = content
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, list) or not found:
            raise RuleError(f"{path}: '{' / '.join(names)}' must be a list of phrases")
        return checked_phrases(found, name=" / ".join(names), path=path)

    lists: WordLists = {name: listed("lists", name) for name in content.get("lists") or ()}
    around = {"openings": listed("openings"), "closings": listed("closings")}
    try:
        return Keywords(
            stop_alone=_run_together(listed("stop", "alone")),
            stop_sentence=said_with(any_of(listed("stop", "sentence"), lists), **around),
            stop_plain=said_with(any_of(listed("stop", "plain"), lists), **around),
            start_always=_run_together(listed("start", "always")),
            start_when_opted_out=_run_together(listed("start", "when_opted_out")),
            may_be_offered=_run_together(listed("start", "may_be_offered")),
            help_alone=_run_together(listed("help", "alone")),
            help_plain=said_with(any_of(listed("help", "plain"), lists), **around),
        )
    except ValueError as error:
        raise RuleError(f"{path}: {error}") from error


def command_of(text: str, *, opted_out: bool, keywords: Keywords) -> Command | None:
    """The command that a text gives, or None: then it is words for the assistant.

    STOP counts in any case, spacing and punctuation, and said in plain words anywhere in a text. HELP and INFO count
    alone. UNSTOP resumes; START and YES do so only for somebody who has opted out, and else are words like others.

    A text in plain words may speak of danger too: whoever asks this asks for red flags as well, and answers those.
    """
    whole = "".join(plain_words(text))
    if whole in keywords.stop_alone:
        return Command.STOP
    if whole in keywords.start_always or (opted_out and whole in keywords.start_when_opted_out):
        return Command.START
    if whole in keywords.help_alone or keywords.help_plain.fullmatch(_joined(text)):
        return Command.HELP
    return Command.STOP if _asks_for_an_end(text, keywords) else None


def is_command_word(text: str, keywords: Keywords) -> bool:
    """Whether a text commands something, of us or of Twilio: such words are no answer to offer.

    A yes is one to offer: it resumes texts only for somebody who has opted out, and nobody else is asked anything.
    """
    if "".join(plain_words(text)) in keywords.may_be_offered:
        return False
    return command_of(text, opted_out=True, keywords=keywords) is not None


def _asks_for_an_end(text: str, keywords: Keywords) -> bool:
    sentences = (_joined(sentence) for sentence in _SENTENCE_END.split(text))
    parts = (_joined(part) for ends in (_SENTENCE_END, _PART_END) for part in ends.split(text))
    return any(keywords.stop_sentence.fullmatch(sentence) for sentence in sentences) or any(
        keywords.stop_plain.fullmatch(part) for part in parts
    )


def _joined(text: str) -> str:
    """The words of a text, each with a blank behind it, as the patterns read them."""
    return "".join(f"{word} " for word in plain_words(text))


def _run_together(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset("".join(plain_words(phrase)) for phrase in phrases)
