"""The US-China trade confrontation as code: what applies, what it costs, on any day.

    import detente

    detente.duty("8507.60.00.10", origin="CN", on="2025-11-12", value=10000)
    detente.truce(on="2026-11-11")

One function a question, with the parameters of the command of that name; `dir(detente)` has them
all. Names are loaded on use, so ``import detente`` costs next to nothing.
"""

from detente._version import __version__ as __version__

__all__ = ["Register", "Shipment", "assess"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from detente.register.book import Register
    from detente.transaction.shipment import Shipment

_HOMES = {
    "Register": "detente.register.book",
    "Shipment": "detente.transaction.shipment",
}


def __getattr__(name: str) -> object:
    """Load a public name on its first use: a type, or the function of a question."""
    from importlib import import_module

    if name in _HOMES:
        value: object = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    from detente.questions import NAMES, TABLES

    if name in (*NAMES, *TABLES):
        from detente.questions.python import function

        return function(name)
    if any(each.startswith(f"{name} ") for each in NAMES):
        return import_module(f"detente.{name}")
    raise AttributeError(f"module 'detente' has no attribute {name!r}")


def __dir__() -> list[str]:
    from detente.questions import NAMES, TABLES

    return sorted({*__all__, *TABLES, *(each.partition(" ")[0] for each in NAMES)})
