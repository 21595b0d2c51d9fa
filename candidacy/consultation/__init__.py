"""The consultation request as pure Python: its fields, what a message fills in, and the telephone number.

It knows neither Rasa nor the web nor the database; the actions call it.
"""
