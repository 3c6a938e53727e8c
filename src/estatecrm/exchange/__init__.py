"""
Files in and out: csv and xlsx registers as sales offices have them.

=============================== ======================================================================
`read_drafts`                   a file's rows as `Draft` or `Refused`, its columns found by their headers
`import_drafts`                 drafts taken in at the intake desk, every row accounted for
`open_sheet`, `map_columns`     the two steps before: raw cells, and what the columns mean
`write_rejected`                the rejected rows back, each field's reason beside them
`write_table`, `write_pages`    registers as workbooks, one page (sheet) each
`write_page`                    the same as a page to print from a browser
=============================== ======================================================================

Workbook writing needs ``estatecrm[excel]``; reading needs nothing beyond Python.
"""

from estatecrm.exchange.importing import Imported, import_drafts
from estatecrm.exchange.printing import write_page
from estatecrm.exchange.reading import Drafts, read_drafts
from estatecrm.exchange.registers import write_table
from estatecrm.exchange.rejected import write_rejected
from estatecrm.exchange.workbook import write_pages

__all__ = [
    "Drafts",
    "Imported",
    "import_drafts",
    "read_drafts",
    "write_page",
    "write_pages",
    "write_rejected",
    "write_table",
]
