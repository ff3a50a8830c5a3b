"""Where the numbers of a model come from: sheets, published economies, worlds built of accounts.

Reach for it when data are read, or when a layout or a publication is added. What is solved with
them stands beside it.
"""
