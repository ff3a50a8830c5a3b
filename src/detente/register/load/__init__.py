"""From YAML and tables to the compiled register; every mistake is named with file and line.

Reach for this room to change what the register's language can say. No answer loads it.
"""
