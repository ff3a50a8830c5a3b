"""What every page is made of: filters, forms, controls, charts as files, templates, the frame.

Reach for it when a page is added, and for what all of them share. A page itself stands beside it.
"""
