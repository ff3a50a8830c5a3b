"""SHA-256 of a few short texts without loading OpenSSL, which takes longer than one answer."""

from __future__ import annotations


def sha256_of(*parts: str) -> str:
    """The hash over texts in order, as 64 hexadecimal digits; a zero byte stands between them."""
    try:
        from _sha2 import sha256  # type: ignore[import-not-found]
    except ImportError:  # before Python 3.12
        try:
            from _sha256 import sha256  # type: ignore[import-not-found]
        except ImportError:  # another interpreter
            from hashlib import sha256
    return str(sha256("\0".join(parts).encode()).hexdigest())
