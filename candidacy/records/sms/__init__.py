"""What is kept of text messages: who texts, what came in, what is to go out and how it got on, link codes and alarms.

The front desk's part for text messages calls it; each function takes a session first, as everywhere in the records.
"""
