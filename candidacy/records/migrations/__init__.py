"""The schema's history: one Alembic revision a change, applied by `records.migrate` and by nobody else.

Developers draft the next one, from what differs between `records.tables` and the database of the settings, with
`alembic revision --autogenerate --rev-id 0002 -m "what changes"`, and then read and complete it.
"""
