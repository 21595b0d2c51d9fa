"""What is kept: tables, queries, migrations and encryption; the only place that builds SQL.

The front desk, the actions, the assistant's dialogue state store and the console call it, each through small functions
that take a session first and keywords after it; it calls nobody but `assistant.reply` for the shape of a reply.
"""
