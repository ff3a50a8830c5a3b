"""The US-China trade confrontation as code: what applies, what it costs, on any day.

    from detente import Register, Shipment, assess

Names are loaded on use, so ``import detente`` costs next to nothing.
"""

__version__ = "0.1.0"
