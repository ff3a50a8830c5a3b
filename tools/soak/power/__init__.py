"""Power loss: what a program wrote is recorded and played again to a moment, torn and reordered.

``record.c`` stands between a program and the system (LD_PRELOAD) and notes every change of a file
below one folder: creation, bytes written, length, sync, rename, removal. ``replay`` makes a folder
as a disk may hold it after the power went at a moment: what was synced is there; of what was not,
any sectors of 512 bytes may be, in any order; names may lag behind contents, and contents names.
"""
