"""``python -m candidacy.frontdesk`` starts the front desk."""

from candidacy.frontdesk.main import main

main()
