"""Reads the small print of a finding: which vertebra, and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|an?|a\sfew|a\scouple(?:\sof)?|several|some|many)"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|1st|2nd|3rd|[4-9]th|1[0-2]th)"
)
_UNIT = r"(?:years?|months?|weeks?|days?|hours?|minutes?)"

_LEVEL = re.compile(
    rf"""\b(?:
        [ctls]\d{{1,2}}(?:\s?(?:-|/|to|and|&)\s?[ctls]?\d{{1,2}}\b(?!\s*years?))?
        | {_ORDINAL}\s(?:lumbar|thoracic|cervical)(?:\svertebra)?
    )""",
    re.VERBOSE,
)
_TIME = re.compile(
    rf"""\b(?:
        (?:(?:early|late|mid|summer|spring|fall|winter)\s(?:of\s)?)?
            (?:{_MONTH}\s(?:of\s)?(?:\d{{1,2}}\s)?)?(?:19|20)\d\d
        | (?:(?:about|around|almost|over)\s)?{_NUMBER}(?:\s(?:or|to)\s{_NUMBER})?\s{_UNIT}\s(?:ago|back)
        | (?:last|this\spast)\s(?:year|month|week|summer|spring|fall|winter|{_MONTH})
        | (?:years|months|decades|ages)\sago | a\slong\stime\sago | long\sago
        | (?:a|two|three)\sdecades?\sago
        | in\sthe\s(?:(?:early|late|mid)\s)?(?:19|20)?\d0s
        | when\si\swas\s(?:a\skid|a\schild|a\steenager|young|little|in\smy\s\w+|(?:about\s)?\d{{1,2}})
        | as\sa\s(?:kid|child|teenager|teen|baby)
        | at\sage\s\d{{1,2}} | in\smy\s(?:teens|twenties|thirties|forties|fifties|sixties|seventies|\d0s)
        | in\s\d\d(?=$|[\s.,])(?!\s{_UNIT})
        | (?:in|for|since|by|until|till|early|late|this|every)\s{_MONTH}\b(?!\s\d)
        | yesterday | this\s(?:morning|week|month|year)
    )(?!\w)""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Details:
    """What a clause says of which and when; the spans are their places in the clause, as characters."""

    levels: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    level_spans: tuple[tuple[int, int], ...] = ()
    time_spans: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.levels or self.times)


def details_of(folded: str) -> Details:
    """The levels ("L1", "L4-L5") and times ("2019", "two years ago") of a folded clause, in order."""
    levels = list(_LEVEL.finditer(folded))
    times = list(_TIME.finditer(folded))
    return Details(
        levels=tuple(_level(match[0]) for match in levels),
        times=tuple(_time(match[0]) for match in times),
        level_spans=tuple(match.span() for match in levels),
        time_spans=tuple(match.span() for match in times),
    )


def described(parts: Sequence[str]) -> str | None:
    """The parts as one line, each once; None when there are none."""
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def _level(text: str) -> str:
    if not text[1:2].isdigit():
        return text
    if re.search(r"and|&", text):
        return re.sub(r"\s*(?:and|&)\s*", " AND ", text).upper().replace(" AND ", " and ")
    return re.sub(r"\s", "", re.sub(r"\sto\s", "-", text)).upper()


def _time(text: str) -> str:
    year = re.search(r"\b(?:19|20)\d\d$", text)
    if year is None:
        return text.strip()
    month = re.match(_MONTH, text)
    return f"{month[0].capitalize()} {year[0]}" if month else year[0]
