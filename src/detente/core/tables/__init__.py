"""Tables: read from any file that people keep them in, written to any, printed for the eye.

Reach for this room wherever rows and columns come in or go out; nothing else in the package reads
or writes CSV for people. `reading` gives the rows of a CSV file, a workbook or a Parquet file as
texts; `writing` makes such files; `printing` lines columns up; `columns` says what a column holds.
"""
