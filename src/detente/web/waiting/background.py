"""The page of a file that is worked on in the background: progress, results, removal.

A page that takes files hands them to ``Background.take`` and sends the reader to the job's own
page. What a kind of work is stands in ``KINDS``, with the template that shows its summary.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from detente._shapes import NamedTuple
from detente.api.guard import Limits
from detente.api.refusals import Refusal, RefusedError, refuse
from detente.api.responses import NO_STORE
from detente.register.book import Register
from detente.store.jobs.budget import Budget, OverBudgetError
from detente.store.jobs.shelf import Jobs
from detente.store.jobs.state import DONE, ENDED, Job, JobGoneError
from detente.web.frame.filters import Filters, read_filters
from detente.web.frame.forms import NOTHING, Sent, Upload
from detente.web.frame.site import Site
from detente.web.records import JSON, format_of
from detente.web.waiting.partners import FILTERS, rows_page

AnyRequest = Request[Any, Any, Any]

MEDIA = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".md": "text/markdown",
    ".html": "text/html",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
    ".dta": "application/x-stata-dta",
}
"""Media types of results, by suffix; they are always sent as files to keep."""

LOOK = 2
"""Seconds after which the page of a job that is not finished looks again by itself."""


class WorkKind(NamedTuple):
    """A kind of work.

    Attributes:
        run: the function that does it, as ``module:function``; see ``store.jobs.work``.
        title: what its page is headed.
        here: address of the page on which files are sent.
        template: shows what its summary holds, as ``summary``.
        filters: what its page can be asked to show.
        view: reads what such a page shows beside the summary; the template's ``view``.
        command: that does it in a shell; "" where it is called as the kind is.
    """

    run: str
    title: str
    here: str
    template: str
    filters: tuple[str, ...] = ()
    view: Callable[[Jobs, Job, Filters, Register, str], object] | None = None
    command: str = ""


KINDS: Mapping[str, WorkKind] = {
    "check": WorkKind("detente.check.job:check", "A file looked over", "/check", "_check_job.html"),
    "batch": WorkKind(
        "detente.batch.job:answer_table", "A table answered", "/batch", "_batch_job.html"
    ),
    "audit": WorkKind(
        "detente.audit.job:audit_table", "Entries audited", "/audit", "_audit_job.html"
    ),
    "panel": WorkKind(
        "detente.batch.job:write_rates", "A panel of rates", "/panel", "_panel_job.html"
    ),
    "vendors": WorkKind(
        "detente.parties.masters.job:screen",
        "Partners screened",
        "/vendors",
        "_vendors_job.html",
        FILTERS,
        rows_page,
        "vendors screen",
    ),
}
"""What can be done with a file in the background."""


def open_jobs(limits: Limits, law: Mapping[str, str] | None = None) -> Jobs:
    """The jobs of the user's folder, for every kind there is.

    Args:
        limits: of the server.
        law: options that name the law which jobs answer by; see ``scenario.opened``.
    """
    runs = {name: kind.run for name, kind in KINDS.items()}
    budget = Budget(
        bytes=limits.body,
        rows=limits.job_rows,
        expanded=limits.job_expanded,
        seconds=limits.job_seconds,
        memory=limits.job_memory,
    )
    return Jobs(runs, budget=budget, common=law)


class Background:
    """Jobs over a site."""

    def __init__(self, site: Site, jobs: Jobs, kinds: Mapping[str, WorkKind] = KINDS) -> None:
        self.site = site
        self.jobs = jobs
        self.kinds = kinds

    async def take(
        self, kind: str, upload: Upload, options: Mapping[str, str], any_size: bool = False
    ) -> Response[bytes]:
        """Take a file that a form sent, and lead to the page of its job.

        Args:
            kind: of the job.
            upload: the file.
            options: of the job.
            any_size: whether it is one that this machine keeps, and so of any size.

        Raises:
            RefusedError: the file is too large, or too many are waiting.
        """
        try:
            job = await asyncio.to_thread(
                self.jobs.submit, kind, upload.name, options, upload.body, any_size
            )
        except OverBudgetError as error:
            raise too_large(error) from error
        await asyncio.to_thread(self.jobs.run_waiting)
        return Response(b"", status_code=303, headers={"location": f"/jobs/{job.id}", **NO_STORE})

    async def take_sent(
        self,
        kind: str,
        sent: Awaitable[Upload],
        how: Callable[[dict[str, str]], dict[str, str]],
        refused: Callable[[Refusal, Sent], Awaitable[Response[bytes]]],
    ) -> Response[bytes]:
        """Take the file that a form sent, or show the form again with why it cannot be taken.

        Args:
            kind: of the job.
            sent: what was sent, still to be read.
            how: checks the other controls of the form, and gives the options of the job.
            refused: shows the form with a refusal, and what was typed as far as it was read.
        """
        typed = NOTHING
        try:
            upload = await sent
            typed = Sent(upload.texts, {})
            upload.check_chosen("file")
            return await self.take(kind, upload, how(upload.texts))
        except RefusedError as error:
            return await refused(self._of_file(kind, error.refusal), typed)

    def _of_file(self, kind: str, refusal: Refusal) -> Refusal:
        """The refusal of a body as that of the file in it, with the command that takes any size."""
        if (refusal.status, refusal.where) != (413, "body"):
            return refusal
        what = f"The file is larger than {self.jobs.budget.bytes / 2**20:g} MiB."
        command = self.kinds[kind].command or kind
        do = f"Send it in parts, or run `detente {command} FILE` in a shell, which takes any size."
        return refusal._replace(what=what, where="file", do=do)

    async def show(self, request: AnyRequest, job: str) -> Response[bytes]:
        """How far a job is, or what it found."""
        try:
            held = self.jobs.get(job)
            described = self.kinds.get(held.kind)
            filters = read_filters(request, ("format", *(described.filters if described else ())))
            kind = format_of(filters, ("json",))
            if held.state not in ENDED:
                await asyncio.to_thread(self.jobs.run_waiting)
            shown = self._shown(held)
        except JobGoneError as error:
            raise gone() from error
        if kind:
            return Response(msgspec.json.encode(shown), media_type=JSON, headers=NO_STORE)
        view = None
        if described is not None and described.view is not None and held.state == DONE:
            service = self.site.service
            view = await asyncio.to_thread(
                described.view, self.jobs, held, filters, service.register, service.today()
            )
        return self.site.page(
            "job.html",
            described.here if described else "",
            headers=NO_STORE,
            job=held,
            kind=described,
            shown=shown,
            view=view,
            filters=filters,
            look=LOOK if held.state not in ENDED else 0,
            hours=self.jobs.budget.kept_hours,
        )

    def _shown(self, job: Job) -> dict[str, object]:
        """A job as JSON: its state, and what of it can be taken away."""
        expires = self.jobs.expires(job)
        return {
            "id": job.id,
            "kind": job.kind,
            "name": job.name,
            "state": job.state,
            "done": job.done,
            "total": job.total,
            "doing": job.doing,
            "message": job.message,
            "expires": _instant(expires) if expires else None,
            "files": [
                {"name": name, "bytes": size, "url": f"/jobs/{job.id}/files/{name}"}
                for name, size in self.jobs.files(job.id)
            ],
            "summary": self.jobs.summary(job.id) or None,
        }

    async def file(self, job: str, name: str) -> Response[bytes]:
        """A result, as a file to keep."""
        try:
            body = await asyncio.to_thread(self.jobs.file, job, name)
        except JobGoneError as error:
            raise gone() from error
        suffix = name[name.rfind(".") :]
        # A download, always: what is made of a stranger's file must not open as our page.
        return Response(
            body,
            media_type=MEDIA.get(suffix, "application/octet-stream"),
            headers={"content-disposition": f'attachment; filename="{name}"', **NO_STORE},
        )

    async def remove(self, job: str) -> Response[bytes]:
        """Remove a job with all that was sent."""
        kind = ""
        try:
            kind = self.jobs.get(job).kind
            await asyncio.to_thread(self.jobs.remove, job)
        except JobGoneError as error:
            raise gone() from error
        here = self.kinds[kind].here if kind in self.kinds else "/"
        return self.site.page("job_removed.html", here, headers=NO_STORE, again=here)


def _instant(second: float) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%MZ")


def gone() -> RefusedError:
    """The refusal of a job that is not there."""
    do = "It was removed, or its time was over: send the file again."
    return refuse(404, "There is no such file here.", "", do)


def too_large(error: OverBudgetError) -> RefusedError:
    """The refusal of a file that takes more than a job may."""
    what, _, do = str(error).partition(": ")
    return refuse(413, f"{what[0].upper()}{what[1:]}.", "file", f"{do[0].upper()}{do[1:]}.")


def background(made: Background) -> list[HTTPRouteHandler]:
    """The routes of jobs."""

    @get("/jobs/{job:str}")
    async def get_job(request: AnyRequest) -> Response[bytes]:
        return await made.show(request, request.path_params["job"])

    @get("/jobs/{job:str}/files/{name:str}")
    async def get_file(request: AnyRequest) -> Response[bytes]:
        return await made.file(request.path_params["job"], request.path_params["name"])

    @post("/jobs/{job:str}/remove", status_code=200)
    async def post_remove(request: AnyRequest) -> Response[bytes]:
        return await made.remove(request.path_params["job"])

    return [get_job, get_file, post_remove]
