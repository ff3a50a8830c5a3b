"""A file of a firm's own goods or partners, looked over in one go.

What each row owes, what becomes cheaper by waiting and until when, from where the same goods would
owe least, which names may be on a list, and which codes may be of a controlled item. Reach for
`answer.check_table`; `columns` says what is recognised, `report` makes the workbook and the memo.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
