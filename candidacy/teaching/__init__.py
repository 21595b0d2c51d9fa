"""What the assistant was taught with, and what staff's approved corrections add to it: files to look at and to merge.

The command and the console call it; it reads the domain, the examples and the records, and trains nothing by itself.
"""
