"""Text messages as decisions: what a text is, what is sent, when, to whom and how often. Pure Python.

The front desk and the records' callers ask these functions; they know neither the web, the network, the database nor
Rasa. Words, hours and error codes are data beside them, in YAML.
"""
