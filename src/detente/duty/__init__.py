"""What a shipment costs: rate forms, entry facts, stacks of duties and their amounts."""
