"""The characters of codes that people read out, hear and type."""

ALPHABET = "23456789CDFGHJKMNPQRTVWX"
"""Crockford's base 32 without 0 and 1, without vowels (so that no word comes out), and without letters that are
taken for a digit or for another letter (B for 8, S for 5, Z for 2, Y for V)."""
