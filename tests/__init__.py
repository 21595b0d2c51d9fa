"""Tests: unit (seconds), stories (rasa test), conversations (the live product), and what they share in support."""
