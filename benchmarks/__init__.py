"""Speed, memory and published figures, measured by one command: ``make bench``."""
