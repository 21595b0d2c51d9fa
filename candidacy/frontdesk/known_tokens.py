"""Which conversation a token belongs to, remembered; whether it still opens it, the records alone say."""

from collections import OrderedDict

from candidacy.records.token import hash_token

MOST_KNOWN = 10_000


class KnownTokens:
    """The tokens that were used last; a token never comes to belong to another conversation.

    Args:
        most: how many are remembered.
    """

    def __init__(self, *, most: int = MOST_KNOWN) -> None:
        self._most = most
        self._conversations: OrderedDict[str, str] = OrderedDict()

    def remember(self, token: str, *, conversation_id: str) -> None:
        """Note the conversation that a token has just opened."""
        self._conversations[hash_token(token)] = conversation_id
        if len(self._conversations) > self._most:
            self._conversations.popitem(last=False)

    def conversation_of(self, token: str) -> str | None:
        """The conversation that a token opened, and maybe opens no more; None where that is not known."""
        key = hash_token(token)
        if key not in self._conversations:
            return None
        self._conversations.move_to_end(key)
        return self._conversations[key]
