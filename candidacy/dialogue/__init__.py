"""Decisions that all flows share, as pure functions: which texts answer a message, and what leads away from a form.

The actions call it; it knows neither Rasa nor the web nor the database.
"""
