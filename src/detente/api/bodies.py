"""Reading a request's body within its limits, before anything is answered."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.exceptions import ClientException

from detente.api.guard import Limits
from detente.api.refusals import RefusedError, refuse

AnyRequest = Request[Any, Any, Any]


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
