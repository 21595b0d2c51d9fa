"""How conversations are shown to staff: addresses, words and lines for pages and streams alike, and what is new.

The console's endpoints call it. All but `opened` (one read of all that a page shows) and `news` (a look at the database
a second) is pure.
"""
