"""Finds the terms of the rule files in a clause, on a blank English pipeline; see `TermMatcher` for their language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from candidacy.language.wordings import Wordings, is_wording

_PUNCTUATION = re.compile(r"[.,:;!?()\"]")
_PREFIX = re.compile(r"^[^\w\s]")
_SUFFIX = re.compile(r"[^\w\s]$")
_LEVEL = re.compile(r"^[ctls]\d{1,2}(?:[-/][ctls]?\d{1,2})?$")


@dataclass(frozen=True)
class Mark:
    """Where terms stand in a clause: the lists that hold the phrase, and the tokens from ``start`` up to ``end``."""

    labels: frozenset[str]
    start: int
    end: int
    text: str

    def names(self, kind: str) -> tuple[str, ...]:
        """What follows the colon in the labels of a kind (``condition:scoliosis``), in alphabetical order."""
        return tuple(sorted(label.split(":", 1)[1] for label in self.labels if label.startswith(f"{kind}:")))


def blank_english() -> Language:
    """A blank pipeline that splits folded text at spaces and punctuation and keeps "l4-l5" whole.

    spaCy's English exceptions are left out: they take "cant" or "id" apart, which folded text means as words.
    """
    pipeline = spacy.blank("en")
    pipeline.tokenizer = Tokenizer(
        pipeline.vocab,
        prefix_search=_PREFIX.search,
        suffix_search=_SUFFIX.search,
        infix_finditer=compile_infix_regex([_PUNCTUATION.pattern]).finditer,
    )
    return pipeline


class TermMatcher:
    """Finds labelled phrases; of phrases that overlap, the longest counts.

    Args:
        pipeline: Makes the documents that will be searched.
        terms: The phrases by label, in folded spelling. Beside plain words a phrase may hold what `Wordings` knows:
            alternatives (``a/b``), words that may be missing (``a?``), groups (``{name}``) and gaps.
        groups: The phrases that ``{name}`` stands for.
    """

    def __init__(
        self,
        *,
        pipeline: Language,
        terms: Mapping[str, Sequence[str]],
        groups: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._labels: dict[int, set[str]] = {}
        self._phrases = PhraseMatcher(pipeline.vocab, attr="ORTH")
        by_phrase: dict[str, set[str]] = {}
        for label, phrases in terms.items():
            for phrase in phrases:
                by_phrase.setdefault(phrase, set()).add(label)
        wordings = [phrase for phrase in by_phrase if is_wording(phrase)]
        self._wordings = Wordings(wordings, groups=groups or {})
        self._wording_labels = [by_phrase[phrase] for phrase in wordings]
        for phrase, labels in by_phrase.items():
            if not is_wording(phrase):
                self._labels[pipeline.vocab.strings.add(phrase)] = labels
                self._phrases.add(phrase, [pipeline.make_doc(phrase)])

    def marks(self, doc: Doc) -> tuple[Mark, ...]:
        """The terms of a clause, in order and without overlaps."""
        return longest(self.all_marks(doc))

    def all_marks(self, doc: Doc) -> tuple[Mark, ...]:
        """The terms of a clause, in order; they may overlap."""
        words = [token.text for token in doc]
        found = [(self._labels[key], start, end) for key, start, end in (self._phrases(doc) if self._phrases else ())]
        if self._wording_labels:
            found += [(self._wording_labels[which], start, end) for which, start, end in self._wordings.found(words)]
        labels: dict[tuple[int, int], set[str]] = {}
        for names, start, end in found:
            labels.setdefault((start, end), set()).update(names)
        return tuple(
            Mark(labels=frozenset(names), start=start, end=end, text=" ".join(words[start:end]))
            for (start, end), names in sorted(labels.items())
        )


def longest(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks without overlaps: of those that overlap the longest, and of equally long ones the first."""
    taken: set[int] = set()
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start)):
        if taken.isdisjoint(range(mark.start, mark.end)):
            taken.update(range(mark.start, mark.end))
            kept.append(mark)
    return tuple(sorted(kept, key=lambda mark: mark.start))


def level_marks(doc: Doc, *, label: str) -> tuple[Mark, ...]:
    """The vertebra levels of a clause ("l1", "l4-l5"), under the label given."""
    return tuple(
        Mark(labels=frozenset({label}), start=token.i, end=token.i + 1, text=token.text)
        for token in doc
        if _LEVEL.match(token.text)
    )
