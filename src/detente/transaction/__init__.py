"""A whole transaction: duty, parties and licences in one verdict, as a memo, on record.

Reach for this room when more than one of them is asked about one shipment; `assessment` joins
them, `verdict` says what to resolve first, `memo` writes it down so that it can be checked again.
"""
