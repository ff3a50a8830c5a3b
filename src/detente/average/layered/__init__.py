"""Averages over several partners, by period or in layers; of one origin see `average.answer`."""
