"""The screening questions as pure Python: the questionnaire, a person's answers, what comes next, and the outcome.

It knows neither Rasa nor the web nor the database; actions, records and the console call it.
"""
