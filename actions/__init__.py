"""Rasa's custom actions, one file a flow: each asks `candidacy` what to do and names texts of domain.yml.

Only the action server (`python -m actions`) builds them, with everything they need passed in.
"""
