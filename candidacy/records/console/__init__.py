"""What staff see and do: the inbox, the search, transcripts, claims, notes, call-backs, corrections and numbers.

The console calls it, each module through small functions that take a session first and keywords after it; of the front
desk, only what runs beside the turns (waiting, retention) does. Nothing here reaches a visitor but through `messages`.
"""
