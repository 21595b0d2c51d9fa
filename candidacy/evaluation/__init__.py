"""Labelled messages put to the whole assistant, one fresh conversation each, and what came of it as figures.

Each set reads and scores its rows in pure functions; the rest starts an assistant of its own, asks and reports.
"""
