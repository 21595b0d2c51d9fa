"""The spine clinic's assistant: everything that is not a Rasa custom action.

Each folder is one concern; arrows between them point one way (see tests/unit/test_architecture.py).
"""
