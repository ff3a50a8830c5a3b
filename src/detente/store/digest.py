"""SHA-256 of a few short texts without loading OpenSSL, which takes longer than one answer."""

from __future__ import annotations

from detente._callable import module_of
from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_found: Callable[[bytes], Any] | None = None


def sha256_of(*parts: str) -> str:
    """The hash over texts in order, as 64 hexadecimal digits; a zero byte stands between them."""
    global _found
    if _found is None:
        _found = _builtin()
    return str(_found("\0".join(parts).encode()).hexdigest())


def _builtin() -> Callable[[bytes], Any]:
    """The interpreter's own SHA-256, under the name that its version has for it."""
    import sys

    try:
        module = module_of("_sha2" if sys.version_info >= (3, 12) else "_sha256")
    except ImportError:  # another interpreter
        import hashlib as module
    return module.sha256  # type: ignore[no-any-return]
