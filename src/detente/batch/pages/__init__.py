"""Tables from the pages of one file to those of another: entries as they are read, and answers."""
