"""The staff console: the web app in which the clinic's staff read conversations, take them over and call people back.

Only its own process (`main`), the `candidacy` command and the launcher (for accounts), and tests call it; browsers
reach it over HTTP.
"""
