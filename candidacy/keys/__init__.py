"""What whoever runs the product does with its keys: see which are in use, and bring everything under the newest.

The command line calls it; it works on the database beside running processes.
"""
