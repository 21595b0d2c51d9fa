"""Brings the assistant up on one machine: checks, training, the processes and their supervision.

Only the `candidacy` command calls it; nothing that answers a visitor runs in here.
"""
