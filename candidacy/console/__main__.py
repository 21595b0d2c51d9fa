"""``python -m candidacy.console`` starts the console."""

from candidacy.console.main import main

main()
