"""Reading a request's body within its limits, before anything is answered."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.exceptions import ClientException

from detente.api.guard import Limits
from detente.api.refusals import RefusedError, refuse

AnyRequest = Request[Any, Any, Any]


def read_json(body: bytes | str, numbers_as_text: bool = True) -> Any:
    """The JSON of a body, whose objects say each key once.

    Args:
        body: as sent.
        numbers_as_text: keep numbers as they were written: 0.1 is a tenth, not the float nearest.

    Raises:
        RefusedError: a key stands twice in an object.
        ValueError: it is not JSON.
    """
    read: dict[str, Any] = {"parse_float": str, "parse_int": str} if numbers_as_text else {}
    return json.loads(body, object_pairs_hook=_each_once, **read)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            what = f"The key {key!r} stands twice."
            raise refuse(HTTPStatus.UNPROCESSABLE_ENTITY, what, key, "Keep one of them.")
        found[key] = value
    return found


async def read_body(request: AnyRequest, limits: Limits) -> bytes:
    """The whole body.

    Raises:
        RefusedError: it is larger than the limit (413), or does not arrive in time (408).
    """
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > limits.body:
        raise _too_large(limits)
    held = bytearray()
    try:
        async with asyncio.timeout(limits.seconds):
            async for piece in request.stream():
                held += piece
                if len(held) > limits.body:
                    raise _too_large(limits)
    except TimeoutError as error:
        raise refuse(
            HTTPStatus.REQUEST_TIMEOUT,
            f"The body did not arrive within {limits.seconds:g} seconds.",
            "body",
            "Send it faster, or in smaller parts.",
        ) from error
    except ClientException as error:
        raise refuse(400, "The body broke off.", "body", "Send it again.") from error
    return bytes(held)


def _too_large(limits: Limits) -> RefusedError:
    return refuse(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The body is larger than {limits.body} bytes.",
        "body",
        "Send fewer rows at once, or run `detente batch` on the file.",
    )
