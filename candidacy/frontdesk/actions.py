"""What a visitor can press at any time: buttons that stand beside the conversation, not under one of its messages."""

from candidacy.assistant.reply import Button

ACTIONS = {"talk_to_person": Button(title="Talk to a person", payload="/talk_to_person")}
"""By the name that clients send. The title is stored as what the visitor said."""
