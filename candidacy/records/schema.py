"""The whole schema: every file of tables, registered on the one metadata that migrations are compared with."""

from candidacy.records import staff_tables, tables
from candidacy.records.columns import metadata
from candidacy.records.console import tables as console_tables
from candidacy.records.sms import tables as sms_tables

TABLE_FILES = (tables, sms_tables, staff_tables, console_tables)
"""Named so that each is loaded; a new file of tables is added here."""

__all__ = ["TABLE_FILES", "metadata"]
