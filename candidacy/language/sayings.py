"""Finds the sayings of `rules/sayings.yml`: answers that name nothing, and messages that are no answer at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from candidacy.language.answers import ANSWERS
from candidacy.language.concepts import SCREENING_CONCEPTS, STENOSIS_SURGERY
from candidacy.language.rule_files import RuleError, checked_phrases, phrases, read_rule_file
from candidacy.language.terms import Mark, TermMatcher, longest

ANY = "any"
IGNORED = "ignored"
HEALTHY = "healthy"
"""What is said to be fine; a no to whatever was asked."""
CONCLUDING = "concluding"
_MESSAGE_LISTS = ("refusing", "asking_back", "for_another", "complete", "bearing", "disagreeing")
_DEFINITE = ("yes", "no")
_UNKNOWN = "unknown"


@dataclass(frozen=True)
class InMessage:
    """What a message is as a whole.

    Attributes:
        kinds: Those of ``refusing``, ``asking_back``, ``for_another``, ``complete``, ``bearing``
            and ``disagreeing`` that it is.
        conclusion: The answer that it says itself it comes to, the last one if there are several.
        words: Its words.
    """

    kinds: frozenset[str] = frozenset()
    conclusion: str | None = None
    words: frozenset[str] = frozenset()


class Sayings:
    """Knows the sayings of a rule file.

    Args:
        path: The rule file.
        pipeline: Makes the documents that will be searched.
        fold: Folds the phrases into the spelling of those documents.
        parts: Groups that come from elsewhere, such as the parts of the spine.

    Raises:
        RuleError: the rule file is missing or malformed.
    """

    def __init__(
        self, *, path: Path, pipeline: Language, fold: Callable[[str], str], parts: Mapping[str, Sequence[str]]
    ) -> None:
        content = read_rule_file(path)
        groups = {**parts, **_groups(content, path=path, fold=fold)}

        def matcher(terms: Mapping[str, Sequence[str]]) -> TermMatcher:
            return TermMatcher(pipeline=pipeline, terms=terms, groups=groups)

        ignored = {IGNORED: [fold(phrase) for phrase in phrases(content, IGNORED, path=path)]}
        whole = {name: [fold(phrase) for phrase in phrases(content, name, path=path)] for name in _MESSAGE_LISTS}
        self._whole = matcher(ignored | whole | _by_answer(content, CONCLUDING, path=path, fold=fold))
        healthy = [fold(phrase) for phrase in phrases(content, HEALTHY, path=path)]
        by_answer = {f"{HEALTHY}:no": healthy}
        for scope in (ANY, *SCREENING_CONCEPTS):
            by_answer |= _by_answer(content, scope, path=path, fold=fold)
        self._sayings = matcher(ignored | by_answer)

    def in_clause(self, doc: Doc) -> tuple[Mark, ...]:
        """The sayings of a clause, labelled ``scope:answer``; they may overlap with each other."""
        marks = self._sayings.all_marks(doc)
        ignored = [mark for mark in marks if IGNORED in mark.labels]
        return tuple(
            mark for mark in marks if mark.labels != {IGNORED} and not any(_within(mark, other) for other in ignored)
        )

    def in_message(self, doc: Doc) -> InMessage:
        """What the message is as a whole; the document is the whole message, without commas."""
        marks = self._whole.all_marks(doc)
        concluding = longest(mark for mark in marks if any(label.startswith(CONCLUDING) for label in mark.labels))
        ignored = [mark for mark in marks if IGNORED in mark.labels]
        conclusions = [mark for mark in concluding if not any(_overlap(mark, other) for other in ignored)]
        return InMessage(
            kinds=frozenset(label for mark in marks for label in mark.labels if label in _MESSAGE_LISTS),
            conclusion=_answer(min(conclusions[-1].labels)) if conclusions else None,
            words=frozenset(token.text for token in doc),
        )


def value_of(marks: Sequence[Mark], *, asked: str | None) -> tuple[str | None, bool]:
    """What the sayings of a clause answer to a question, and whether they contradict each other."""
    definite = longest(mark for mark in marks if _answers(mark, asked) & set(_DEFINITE))
    unknown = longest(mark for mark in marks if _UNKNOWN in _answers(mark, asked))
    definite = tuple(mark for mark in definite if not any(_outdone(mark, by=doubt) for doubt in unknown))
    unknown = tuple(doubt for doubt in unknown if not any(_overlap(doubt, mark) for mark in definite))
    values = {value for mark in definite for value in _answers(mark, asked) & set(_DEFINITE)}
    if unknown and not values:
        return _UNKNOWN, False
    if len(values) == 1 and not unknown:
        return values.pop(), False
    return None, bool(values)


def _answers(mark: Mark, asked: str | None) -> set[str]:
    return {_answer(label) for label in mark.labels if label.split(":")[0] in _scopes(asked)}


def _scopes(asked: str | None) -> tuple[str | None, ...]:
    """A spine that is fine now says nothing of surgery."""
    return (ANY, asked) if asked == STENOSIS_SURGERY else (ANY, HEALTHY, asked)


def _answer(label: str) -> str:
    return label.split(":")[-1]


def _outdone(mark: Mark, *, by: Mark) -> bool:
    """Whether a saying is only the beginning of another ("not sure about my back" is doubt, not a denial)."""
    return _overlap(mark, by) and (by.start <= mark.start or by.end - by.start > mark.end - mark.start)


def _within(mark: Mark, other: Mark) -> bool:
    return other.start <= mark.start and mark.end <= other.end and mark != other


def _overlap(first: Mark, second: Mark) -> bool:
    return first.start < second.end and second.start < first.end


def _groups(content: Mapping[str, object], *, path: Path, fold: Callable[[str], str]) -> dict[str, list[str]]:
    listed = content.get("groups")
    if not isinstance(listed, dict) or not listed:
        raise RuleError(f"{path}: 'groups' must map names to phrases")
    return {
        name: [fold(phrase) for phrase in checked_phrases(group, name=f"groups.{name}", path=path)]
        for name, group in listed.items()
    }


def _by_answer(
    content: Mapping[str, object], scope: str, *, path: Path, fold: Callable[[str], str]
) -> dict[str, list[str]]:
    listed = content.get(scope)
    if not isinstance(listed, dict) or set(listed) != set(ANSWERS):
        raise RuleError(f'{path}: \'{scope}\' must map "yes", "no" and unknown to phrases')
    return {
        f"{scope}:{answer}": [fold(p) for p in checked_phrases(listed[answer], name=f"{scope}.{answer}", path=path)]
        for answer in ANSWERS
    }
