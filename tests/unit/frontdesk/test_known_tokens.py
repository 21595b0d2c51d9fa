"""A token's conversation is remembered, and not for ever."""

from candidacy.frontdesk.known_tokens import KnownTokens


def test_a_token_is_known_once_it_opened_a_conversation() -> None:
    known = KnownTokens()
    assert known.conversation_of("a token") is None
    known.remember("a token", conversation_id="c")
    assert known.conversation_of("a token") == "c"
    assert known.conversation_of("another") is None


def test_of_too_many_the_one_not_used_for_longest_is_forgotten() -> None:
    known = KnownTokens(most=2)
    known.remember("first", conversation_id="1")
    known.remember("second", conversation_id="2")
    assert known.conversation_of("first") == "1"
    known.remember("third", conversation_id="3")
    assert [known.conversation_of(token) for token in ("first", "second", "third")] == ["1", None, "3"]
