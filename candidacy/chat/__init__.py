"""A conversation at the terminal, through the same web chat API that a website uses.

Only the `candidacy chat` command calls it; it knows the front desk by its address and imports none of its code.
"""
