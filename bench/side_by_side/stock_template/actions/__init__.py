"""The stock assistant's custom actions, as `rasa run actions` finds them."""
