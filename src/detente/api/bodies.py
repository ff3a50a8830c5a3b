"""Reading a request's body within its limits, before anything is answered."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.exceptions import ClientException

from detente.api.limits import Limits
from detente.api.processes import too_large, too_slow
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.core.nesting import DEPTH, NestingError, check_nesting

AnyRequest = Request[Any, Any, Any]


def read_json(body: bytes | str, numbers_as_text: bool = True, depth: int = DEPTH) -> Any:
    """The JSON of a body, whose objects say each key once.

    Args:
        body: as sent.
        numbers_as_text: keep numbers as they were written: 0.1 is a tenth, not the float nearest.
        depth: lists and objects within each other that it may have.

    Raises:
        RefusedError: a key stands twice in an object, it is too deep, or a text in it is none.
        ValueError: it is not JSON.
    """
    # As they were written: a float would round what a caller sends as money.
    read: dict[str, Any] = {"parse_float": str, "parse_int": str} if numbers_as_text else {}
    try:
        found = json.loads(body, object_pairs_hook=_each_once, **read)
        check_nesting(found, depth)
    except RecursionError as error:
        do = "Write lists and objects flatter."
        raise refuse(
            HTTPStatus.UNPROCESSABLE_ENTITY, "The body is too deep.", "body", do
        ) from error
    except NestingError as error:
        raise RefusedError(refusal_of(error)._replace(where="body")) from error
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            what = f"The key {key!r} stands twice."
            raise refuse(HTTPStatus.UNPROCESSABLE_ENTITY, what, key, "Keep one of them.")
        found[key] = value
    return found


async def read_body(request: AnyRequest, limits: Limits, most: int | None = None) -> bytes:
    """The whole body.

    Args:
        request: the request.
        limits: of a body in bytes, and of the seconds in which it must have arrived.
        most: bytes of this one, where it may have fewer than any.

    Raises:
        RefusedError: it is larger than the limit (413), or does not arrive in time (408).
    """
    described = request.headers.get("content-length", "")
    most = limits.body if most is None else min(most, limits.body)
    # A stated length saves reading; it may be absent or a lie, so pieces are counted as well.
    if described.isdigit() and int(described) > most:
        raise too_large(most)
    held = bytearray()
    try:
        async with asyncio.timeout(limits.seconds):
            async for piece in request.stream():
                held += piece
                if len(held) > most:
                    raise too_large(most)
    except TimeoutError as error:
        raise too_slow(limits.seconds) from error
    except ClientException as error:
        raise refuse(400, "The body broke off.", "body", "Send it again.") from error
    return bytes(held)
