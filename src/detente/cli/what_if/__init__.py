"""Commands about what is not law: scenarios, comparisons, models, critical minerals."""
