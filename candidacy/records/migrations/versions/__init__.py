"""The migrations, one file a step, named for what it changes; Alembic alone reads them.

A step that has been released is never edited: the next one changes what it made.
"""
