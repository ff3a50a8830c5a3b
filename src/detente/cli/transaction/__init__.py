"""Commands about a whole transaction, its memo and the record of what was answered."""
