"""The clinic's staff: their accounts, what opens the console for them, and their sessions.

Each function takes a session first and keywords after it, as everywhere in the records; the console and its
administration call them.
"""
