"""Who may do what in the console, as pure decisions: passwords, codes, waiting after failures, sessions' life, roles.

The console's endpoints and its administration call it; it reads and writes nothing, and the time is the caller's.
"""
