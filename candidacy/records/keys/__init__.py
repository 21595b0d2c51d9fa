"""Keys and what was written with them: which values are under which key, and how they come under a newer one.

`candidacy.keys` calls it, step by step; the index key is also what `encryption.Cipher` makes its fingerprints with.
"""
