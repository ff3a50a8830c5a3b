"""The US-China trade confrontation as code: what applies, what it costs, on any day.

    from detente import Register, Shipment, assess

Names are loaded on use, so ``import detente`` costs next to nothing.
"""

from detente._version import __version__ as __version__

__all__ = ["Register", "Shipment", "assess"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from detente.register.book import Register
    from detente.transaction.assessment import assess
    from detente.transaction.shipment import Shipment

_HOMES = {
    "Register": "detente.register.book",
    "Shipment": "detente.transaction.shipment",
    "assess": "detente.transaction.assessment",
}


def __getattr__(name: str) -> object:
    """Load a public name on its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
