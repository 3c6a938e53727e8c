"""
The command ``estatecrm``: a sales office's day at the terminal.

One command a module; `entry` runs them and turns errors into one sentence, `setting` holds what all of them share.
Exit codes: 0 done, 1 refused or rows rejected, 2 wrong usage, 3 database in trouble, 4 integrity failure.
"""
