"""Measurements of the running product, each a script: ``python -m bench.<name>`` prints its table."""
