"""What one file of lists holds: its entries, the parties that they are, names and addresses.

Reach for this room for what is looked up in a file; how far a name agrees, `screening` says.
"""
