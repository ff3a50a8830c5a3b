"""What is wrong with the data or the question of a model."""

from __future__ import annotations


class ImpactError(ValueError):
    """Data that cannot be used, or an equation left unsolved; the message says where."""
