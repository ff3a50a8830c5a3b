"""The page of a whole entry: a form of header and lines, and its worksheet."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from detente.api.parameters import encoded, unknown
from detente.api.query_routes import ask_and_record, path_of, read
from detente.api.refusals import Refusal, RefusedError, refuse
from detente.api.responses import NO_STORE
from detente.core.figures import counted
from detente.core.tables.writing import csv_text
from detente.duty.coverage import STATE_WORDS, STATUS_WORDS
from detente.entry.rows import NAMES, table_rows
from detente.entry.tables import tables
from detente.questions import find
from detente.web.frame.fields import FormField
from detente.web.frame.site import Site
from detente.web.records import FORMATS

AnyRequest = Request[Any, Any, Any]
Row = Mapping[str, str]

PATH = "/entry"
HEADER = ("entry_type", "entry_date", "mode", "import_date", "it_date", "entry_number", "port")
CELLS = {
    "code": ("Tariff number", "8507.60.00.10"),
    "origin": ("Country of origin", "two letters or the name"),
    "value": ("Entered value in dollars", "10000"),
    "quantity": ("Quantity", "500"),
    "unit": ("Unit", "kg"),
    "adcvd": ("Antidumping or countervailing", "none, or A-570-932"),
    "facts": ("Facts of the goods", "auto_part=false steel_value=500"),
}
"""What a form asks of a line: label and hint; the names stand once for each line, in order."""

LINES = "lines"
"""How many lines the form shows."""

DEFERRED = "deferred"
"""Types of entry that deposit no duty."""

FEWEST, MOST = 2, 40
"""Lines that an empty form shows, and that a page takes; a file is for the shell."""

EXAMPLE = (
    ("entry_type", "01"), ("entry_date", "2025-11-12"), ("mode", "ocean"),
    ("code", "8507.60.00.10"), ("origin", "CN"), ("value", "10000"), ("quantity", ""),
    ("unit", ""), ("adcvd", "none"), ("facts", ""),
    ("code", "7318.15.20.61"), ("origin", "TW"), ("value", "2500"), ("quantity", "800"),
    ("unit", "kg"), ("adcvd", ""), ("facts", "melt_country=TW"),
)  # fmt: skip


class EntryPage:
    """The page over a site."""

    def __init__(self, site: Site) -> None:
        """Keep the site."""
        self.site = site
        self.service = site.service
        self.question = find("entry")

    async def page(self, request: AnyRequest) -> Response[bytes]:
        """The form, and the worksheet of what it states."""
        stated = sorted(request.query_params.multi_items(), key=lambda pair: pair[0])
        parameters = [(key, text.strip()) for key, text in stated]
        header: dict[str, str] = {}
        rows: list[Row] = []
        kind, shown = "", 0
        problem: Refusal | None = None
        answer: Mapping[str, Any] | None = None
        values: Mapping[str, Any] = {}
        pairs: list[tuple[str, str]] = []
        try:
            header, rows, kind, shown = _stated(parameters)
            filled = [row for row in rows if any(row.values())]
            if filled:
                lines = [("lines", json.dumps(_line(number, row))) for number, row in
                         enumerate(filled, 1)]  # fmt: skip
                pairs = [*header.items(), *lines]
                values = read(self.question, pairs)
                answer = await asyncio.to_thread(
                    ask_and_record, self.service, self.question, values
                )
        except RefusedError as error:
            problem = error.refusal
        if kind and answer is not None:
            return _as_file(answer, kind)
        return self._page(parameters, header, rows, shown, pairs, answer, problem)

    def _page(
        self,
        parameters: list[tuple[str, str]],
        header: Mapping[str, str],
        rows: list[Row],
        shown: int,
        pairs: list[tuple[str, str]],
        answer: Mapping[str, Any] | None,
        problem: Refusal | None,
    ) -> Response[bytes]:
        more = max(FEWEST, len(rows), shown)
        blank: Row = {}
        link = f"{PATH}?{encoded([pair for pair in parameters if pair[0] != 'format'])}"
        return self.site.page(
            "entry.html",
            PATH,
            problem.status if problem else 200,
            NO_STORE,
            header=_header_fields(header, self.service.today()),
            lines=[
                _line_fields(number, row)
                for number, row in enumerate([*rows, *[blank] * (more - len(rows))], 1)
            ],
            more=min(more + FEWEST, MOST),
            problem=problem,
            answer=answer,
            titles=self.service.titles,
            status_words=STATUS_WORDS,
            coverage_words=STATE_WORDS,
            sample=f"{PATH}?{encoded(EXAMPLE)}",
            link=link,
            json_link=f"{path_of(self.question)}?{encoded(pairs)}",
        )


def _stated(parameters: list[tuple[str, str]]) -> tuple[dict[str, str], list[Row], str, int]:
    """Header, lines, format and how many lines the form shows, out of an address.

    Raises:
        RefusedError: a name is unknown, stands twice, or the lines do not fit together.
    """
    header: dict[str, str] = {}
    columns: dict[str, list[str]] = {name: [] for name in CELLS}
    other = {"format": "", LINES: "", "register": ""}
    for name, text in parameters:
        if name in columns:
            columns[name].append(text)
        elif name in HEADER:
            if name in header:
                raise refuse(422, f"{name} stands twice.", name, "Keep one.")
            if text:
                header[name] = text
        elif name in other:
            other[name] = text
        else:
            raise unknown(name, [*HEADER, *CELLS], "parameter")
    number = max(map(len, columns.values()))
    if number > MOST:
        do = f"A page takes {MOST} lines; detente entry FILE takes more."
        raise refuse(422, f"{number} lines are too many.", "code", do)
    for name, texts in columns.items():
        if texts and len(texts) != number:
            do = "Give each of a line's names once for each line, empty where it has none."
            times = counted(len(texts), "time")
            raise refuse(422, f"{name} stands {times}, others {number}.", name, do)
    rows: list[Row] = [
        {name: texts[at] if texts else "" for name, texts in columns.items()}
        for at in range(number)
    ]
    while rows and not any(rows[-1].values()):
        rows.pop()
    wanted = int(other[LINES]) if other[LINES].isdecimal() else 0
    return header, rows, other["format"], min(wanted, MOST)


def _line(number: int, row: Row) -> dict[str, str]:
    """A line as the question takes it.

    Raises:
        RefusedError: a fact is not KEY=VALUE.
    """
    line = {name: text for name, text in row.items() if text and name != "facts"}
    for word in row["facts"].replace(",", " ").split():
        key, equals, value = word.partition("=")
        if not equals:
            do = "Write facts as KEY=VALUE with blanks between."
            raise refuse(422, f"Line {number}: {word!r} is not a fact.", "facts", do)
        line[f"fact.{key.removeprefix('fact.')}"] = value
    return {"line": str(number), **line}


def _header_fields(header: Mapping[str, str], today: str) -> list[FormField]:
    known = tables()
    held = [each for each in known.types.values() if each.kind != DEFERRED]
    types = [
        ("", "01, unless stated"),
        *((each.type, f"{each.type}, {each.name}") for each in held),
    ]
    modes = [(each.mode, f"{each.mode}, {each.name}") for each in known.modes]
    labels = {
        "entry_number": ("Entry number", "ABC-1234567-8"),
        "port": ("Port of entry", "2704"),
    }
    dates = {
        "entry_date": "Day of entry",
        "import_date": "Day of importation",
        "it_date": "Immediate transportation accepted on",
    }
    found = []
    for name in HEADER:
        field = FormField(name, f"entry-{name}", "", header.get(name, ""))
        if name == "entry_type":
            field = field._replace(label="Type of entry", kind="choice", options=tuple(types))
        elif name == "mode":
            field = field._replace(
                label="How it arrived", kind="choice", options=(("", "not stated"), *modes)
            )
        elif name in dates:
            value = field.value or (today if name == "entry_date" and not header else "")
            field = field._replace(label=dates[name], kind="date", value=value)
        else:
            label, hint = labels[name]
            field = field._replace(label=label, hint=hint)
        found.append(field)
    return found


def _line_fields(number: int, row: Row) -> list[FormField]:
    return [
        FormField(
            name,
            f"line-{number}-{name}",
            label,
            row.get(name, ""),
            hint=hint,
            list="countries" if name == "origin" else "",
            numeric=name in ("value", "quantity"),
        )
        for name, (label, hint) in CELLS.items()
    ]


def _as_file(answer: Any, kind: str) -> Response[bytes]:
    headers = dict(NO_STORE)
    if kind == "json":
        body = json.dumps(answer, ensure_ascii=False).encode()
    elif kind == "csv":
        body = csv_text(NAMES, table_rows(answer)).encode()
    else:
        do = "Write json or csv."
        raise refuse(422, f"{kind!r} is not a format of this answer.", "format", do)
    return Response(body, media_type=FORMATS[kind], headers=headers)


def entries(made: EntryPage) -> list[HTTPRouteHandler]:
    """The route of this page."""

    @get(PATH)
    async def get_entry(request: AnyRequest) -> Response[bytes]:
        return await made.page(request)

    return [get_entry]
