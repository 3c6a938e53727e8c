"""
Files in and out: csv and xlsx registers as sales offices have them.

=============================== ======================================================================
`read_drafts`                   a file's rows as `Draft` or `Refused`, its columns found by their headers
`open_sheet`, `map_columns`     the two steps before: raw cells, and what the columns mean
`write_rejected`                the rejected rows back, each field's reason beside them
`write_pages`                   registers as workbooks, one page (sheet) each
=============================== ======================================================================

Workbook writing needs ``estatecrm[excel]``; reading needs nothing beyond Python.
"""
