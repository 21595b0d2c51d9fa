"""One clause with everything that was marked in it."""

import re
from dataclasses import dataclass, field

from candidacy.language.concepts import Mention
from candidacy.language.details import Details
from candidacy.language.terms import Mark

_QUESTION = re.compile(
    r"""^\W*(?:(?:and|so|but|ok|okay|also|hi|hello|well|then|please|wait|um)\W+)*(?:
        (?:what|whats|why|how|hows|which|who|whos)\b (?!\s(?:
            (?:i|we|they|he|she|it|my|the|doctor|doctors)\s(?!(?:should|do|can|would|will|could)\b)
            | was | happened | is\scalled | im | ive | hurts | a\b ))
        | (?:when|where)\b (?!\s(?:i|im|my|they|we|he|she|the)\b)
        | (?:does|can|will|would|should)\b
        | (?:could|may|might)\b (?!\s(?:be|of|have|has|well|not|a|possibly)\b)
        | (?:is|are)\b (?!\s(?:called|not|no|good|fine|only|just|because|also|true|yes|very|like|from|in|on|what|how)\b)
        | (?:do|did|am|was|were)\s(?:i|you|he|she|it|they|we|this|that(?!\s(?:i|my|he|she|they|it|we|the)\b)
            |there|the|your|people|anyone)\b
        | (?:has|have|had)\s(?:i|you|he|she|they|we|people|anyone)\b
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Clause:
    """A clause with everything that was marked in it; positions are tokens of the folded clause."""

    text: str
    folded: str
    length: int
    commas: tuple[int, ...]
    joiners: tuple[int, ...]
    terms: tuple[Mark, ...]
    cues: tuple[Mark, ...]
    people: tuple[Mark, ...]
    sayings: tuple[Mark, ...] = ()
    details: Details = field(default=Details())
    blanks: frozenset[int] = frozenset()
    mentions: tuple[Mention, ...] = ()

    def cued(self, label: str) -> list[Mark]:
        """The cues of a kind, in order."""
        return [cue for cue in self.cues if label in cue.labels]

    @property
    def is_question(self) -> bool:
        """Whether the clause asks."""
        if "?" in self.folded:
            return True
        return _QUESTION.match(self.folded) is not None and not self.cued("me_too")
