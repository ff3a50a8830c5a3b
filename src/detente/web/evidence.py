"""The page on which a memo or an export of a ledger is checked: whether anything was changed."""

from __future__ import annotations

import asyncio
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from detente.api.guard import Limits
from detente.api.refusals import Refusal, refuse
from detente.api.responses import NO_STORE
from detente.store.ledger_chain import verify
from detente.store.ledger_export import FORMS, entries_of
from detente.transaction.memo.check import check_memo, damaged
from detente.transaction.memo.reading import DamagedMemoError, read_memo
from detente.web.frame.filters import or_refused
from detente.web.frame.forms import Upload, read_upload
from detente.web.frame.site import Site

AnyRequest = Request[Any, Any, Any]

HERE = "/ledger"
SHOWN = 40
"""Entries, and faults, that the page shows."""

WORDS = {
    "holds": ("Holds", "live"),
    "changed": ("Was changed", "ended"),
    "cannot_tell": ("Nobody can tell", "suspended"),
}
"""How each outcome is shown, and the look of its sign."""


class EvidencePage:
    """The page over a site."""

    def __init__(self, site: Site, limits: Limits) -> None:
        self.site = site
        self.limits = limits

    def show(
        self, found: dict[str, object] | None = None, problem: Refusal | None = None
    ) -> Response[bytes]:
        """The form, and what was found."""
        return self.site.page(
            "ledger.html",
            HERE,
            problem.status if problem else 200,
            NO_STORE,
            problem=problem,
            found=found,
            words=WORDS,
            recorded=self.site.service.ledger is not None,
        )

    async def check(self, request: AnyRequest) -> Response[bytes]:
        """Check the file that a form sent."""
        return await or_refused(self._check(request), self._refused)

    async def _check(self, request: AnyRequest) -> Response[bytes]:
        upload = await read_upload(request, self.limits, "file", ("head",))
        upload.check_chosen("file")
        return self.show(await asyncio.to_thread(self._checked, upload))

    async def _refused(self, refusal: Refusal) -> Response[bytes]:
        return self.show(None, refusal)

    def _checked(self, upload: Upload) -> dict[str, object]:
        suffix = Path(upload.name).suffix.lower()
        try:
            if suffix in FORMS:
                return _export(upload)
            return self._memo(upload)
        except ValueError as error:
            do = "Send a memo (.md, .html), or an export of a ledger (.jsonl, .csv)."
            raise refuse(422, f"{error}.".replace("..", "."), "file", do) from error

    def _memo(self, upload: Upload) -> dict[str, object]:
        """A memo beside what the register at hand answers.

        Raises:
            ValueError: it is no memo.
        """
        service = self.site.service
        try:
            read = read_memo(upload.body.decode("utf-8"), upload.name)
        except DamagedMemoError as error:
            described = damaged(error)
        else:
            described = check_memo(service.register, service.schedule, read)
        return {"name": upload.name, "memo": described, "outcome": described["outcome"]}


def _export(upload: Upload) -> dict[str, object]:
    """The chain of an export, computed again, with its entries in short.

    Raises:
        ValueError: it is no export, or holds nothing.
    """
    entries = list(
        entries_of(TextIOWrapper(BytesIO(upload.body), "utf-8", newline=""), upload.name)
    )
    if not entries:
        raise ValueError(f"{upload.name} holds no entry: it is no export, or was emptied")
    head = upload.texts.get("head", "").strip().lower() or None
    chain = verify(entries, head)
    return {
        "name": upload.name,
        "memo": None,
        "outcome": "changed" if chain.faults else "holds",
        "entries": chain.entries,
        "head": chain.head,
        "faults": chain.faults[:SHOWN],
        "rows": [
            {"number": each.number, "recorded": each.recorded[:19], "kind": each.kind,
             "hash": each.hash[:16]} for each in entries[-SHOWN:]
        ],
    }  # fmt: skip


def evidence(made: EvidencePage) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get(HERE, sync_to_thread=False)
    def get_ledger(request: AnyRequest) -> Response[bytes]:
        return made.show()

    @post(HERE, status_code=200)
    async def post_ledger(request: AnyRequest) -> Response[bytes]:
        return await made.check(request)

    return [get_ledger, post_ledger]
