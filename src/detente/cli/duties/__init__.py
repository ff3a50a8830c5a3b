"""Commands about duties: one line, tables of entries, averages, the schedule of goods."""
