"""What all routes answer with: JSON, nothing new, and the refusal of what a route does not take."""

from __future__ import annotations

from typing import Any

from litestar import MediaType, Request, Response

from detente._shapes import TYPE_CHECKING
from detente.api.refusals import RefusedError, refusal_of, refuse

if TYPE_CHECKING:
    from detente.api.service import Service

AnyRequest = Request[Any, Any, Any]

NO_STORE = {"cache-control": "no-store"}
"""The headers of an answer that nobody between may keep."""
REVALIDATE = "no-cache"
"""An answer may be kept, and must be asked for anew: the register may have moved on."""


def json_response(body: bytes, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A body that is JSON already."""
    return Response(body, media_type=MediaType.JSON, headers=headers)


def unchanged(request: AnyRequest, tag: str) -> bool:
    """Whether the caller holds what would be answered."""
    held = request.headers.get("if-none-match", "")
    # Packing makes a tag weak; for the same answer that is no difference.
    return held == "*" or tag in [each.strip().removeprefix("W/") for each in held.split(",")]


def not_modified(tag: str) -> Response[bytes]:
    """The response without a body to a caller who holds it already."""
    headers = {"etag": tag, "cache-control": REVALIDATE}
    return Response(b"", status_code=304, headers=headers)


def reading_of(service: Service, request: AnyRequest, others: tuple[str, ...] = ()) -> Service:
    """The service by the reading that a request names; its other parameters must be among `others`.

    Raises:
        RefusedError: there is another parameter, or no such reading.
    """
    words = []
    for name, text in request.query_params.multi_items():
        if name == "reading":
            words.append(text)
        elif name not in others:
            raise refuse(422, f"There is no parameter {name!r} here.", name, "Leave it out.")
    if len(words) > 1:
        raise refuse(422, "reading is given twice.", "reading", "Keep one of them.")
    try:
        return service.by_reading(words[0] if words else None)
    except ValueError as error:
        raise RefusedError(refusal_of(error)) from error


def no_parameters(request: AnyRequest) -> None:
    """Refuse every parameter.

    Raises:
        RefusedError: there is one.
    """
    for name, _ in request.query_params.multi_items():
        raise refuse(422, f"There is no parameter {name!r} here.", name, "Leave it out.")
