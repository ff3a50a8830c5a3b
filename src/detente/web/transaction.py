"""The page of a whole transaction: verdict, duty, parties with their owners, licences, sources."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import zip_longest
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from markupsafe import Markup

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.api.guard import Limits
from detente.api.parameters import encoded, read_facts, read_quantities, unknown
from detente.api.refusals import Refusal, RefusedError, refusal_of, refuse
from detente.api.responses import NO_STORE
from detente.chart.ownership_tree import ownership_tree
from detente.core.figures import with_article
from detente.duty.question import DutyQuestion
from detente.parties.ownership.regimes import regime
from detente.transaction.memo.memo import memo_text
from detente.transaction.recorded import of_answer
from detente.transaction.shipment import ROLES, ShipmentQuery, read_shipment, shipment_of
from detente.web.answer_view import AnswerView, view
from detente.web.frame.filters import or_refused
from detente.web.frame.forms import read_form
from detente.web.frame.page_query import STATED, checked_hash
from detente.web.frame.site import Site
from detente.web.frame.words import naming
from detente.web.records import JSON

if TYPE_CHECKING:
    from detente.answers.assess import AssessedParty, AssessmentAnswer
    from detente.register.book import Register

AnyRequest = Request[Any, Any, Any]
Parameters = Sequence[tuple[str, str]]

ONCE = (
    "code", "item", "origin", "from", "to", "on", "known_on", "value", "end_use", "base",
    "transfer", "deemed_to", "stated_by",
)  # fmt: skip
PARTY = ("party", "role", "country", "owners")
"""Fields that are given once for each party, in the same order."""

REPEATED = ("quantity", "fact", "parameter", "content", *PARTY)
NAMES = (*ONCE, *REPEATED, "register", "format")
PARTIES_SHOWN = 3
"""Parties for which the form has room at the beginning."""

SAMPLE = (
    ("code", "8507.60.00.10"), ("origin", "CN"), ("to", "US"), ("on", "2025-11-12"),
    ("value", "10000"), ("party", "Huawei Technologies"), ("role", "supplier"),
    ("country", "CN"), ("owners", ""),
)  # fmt: skip


class PartyOfForm(NamedTuple):
    """A party as the form gives it."""

    name: str = ""
    role: str = ""
    country: str = ""
    owners: str = ""


MEMOS = {"md": "text/markdown", "html": "text/html"}
"""Forms of a memo to keep, and the media type of each."""


class TransactionQuery(NamedTuple):
    """A transaction as an address writes it.

    Attributes:
        once: values of the parameters that are given once.
        repeated: values of those that may be given several times, but for the parties.
        parties: the parties, those without a name left out.
        register: beginning of the hash of the register of the link; "" for none.
        format: `json`, a form of memo, or "" for the page.
    """

    once: Mapping[str, str]
    repeated: Mapping[str, list[str]]
    parties: tuple[PartyOfForm, ...]
    register: str
    format: str

    def get(self, name: str) -> str:
        """A value that is given once; "" where it is not given."""
        return self.once.get(name, "")

    def all(self, name: str) -> str:
        """The values of a repeated parameter, as the form writes them."""
        return "; ".join(self.repeated.get(name, ()))

    def link(self, sha256: str) -> str:
        """The address of the question with the register that answered it."""
        rows = [(name, text) for name in ONCE if (text := self.get(name))]
        rows += [(name, text) for name, texts in self.repeated.items() for text in texts]
        for each in self.parties:
            named = zip(PARTY, (each.name, each.role, each.country, each.owners), strict=True)
            rows += list(named)
        return f"/assess?{encoded([*rows, ('register', sha256[:STATED])])}"

    def query(self, today: str) -> ShipmentQuery:
        """The shipment.

        Raises:
            RefusedError: something cannot be read.
        """
        once = {name: text for name, text in self.once.items() if text}
        values: dict[str, object] = {**once, "destination": once.pop("to", "US")}
        values.pop("to", None)
        values["on"] = once.get("on", today)
        values["quantities"] = read_quantities(self.repeated.get("quantity", []))
        for name, key in (("fact", "facts"), ("parameter", "parameters"), ("content", "content")):
            values[key] = read_facts(self.repeated.get(name, []))
        values["parties"] = [_party(each) for each in self.parties]
        try:
            return shipment_of(values, "the shipment")
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error


def form_of(parameters: Parameters) -> TransactionQuery:
    """A transaction from names and values.

    Raises:
        RefusedError: a parameter is unknown or given twice.
    """
    once: dict[str, str] = {}
    repeated: dict[str, list[str]] = {name: [] for name in REPEATED}
    register = kind = ""
    for name, text in parameters:
        text = " ".join(text.split())
        if name not in NAMES:
            raise unknown(name, NAMES, "parameter")
        if name == "register":
            register = checked_hash(text)
        elif name == "format":
            kind = text
        elif name in PARTY:
            repeated[name].append(text)
        elif name in repeated:
            # The form has one field for all of them, and an address may repeat the name.
            repeated[name] += [part for each in text.split(";") if (part := each.strip())]
        elif text and name in once:
            raise refuse(422, f"{name} is given twice.", name, "Keep one of them.")
        elif text:
            once[name] = text
    columns = [repeated.pop(name) for name in PARTY]
    # Rows of the form that were left empty come as well.
    parties = tuple(PartyOfForm(*row) for row in zip_longest(*columns, fillvalue="") if row[0])
    if kind not in ("", "json", *MEMOS):
        do = f"Write json, {' or '.join(MEMOS)}."
        raise refuse(422, f"{kind!r} is not a format of this page.", "format", do)
    return TransactionQuery(once, repeated, parties, register, kind)


def _party(each: PartyOfForm) -> dict[str, object]:
    party: dict[str, object] = {"name": each.name}
    party |= {"role": each.role} if each.role else {}
    party |= {"country": each.country} if each.country else {}
    party["owners"] = [_owner(text) for part in each.owners.split(";") if (text := part.strip())]
    return party


def _owner(text: str) -> dict[str, object]:
    """An owner written NAME: SHARE: LIST, the list left out where there is none."""
    name, _, rest = text.partition(":")
    share, _, listed = rest.partition(":")
    if not name.strip() or not share.strip():
        do = "Write NAME: SHARE, or NAME: SHARE: LIST, with semicolons between owners."
        raise refuse(422, f"{text!r} names no owner with a share.", "owners", do)
    owner: dict[str, object] = {"name": name.strip(), "share": share.strip()}
    return {**owner, "list": [listed.strip()]} if listed.strip() else owner


BLANK = TransactionQuery({}, {}, (), "", "")
"""A form that states nothing."""


class PartyRule(NamedTuple):
    """An ownership rule that was asked of a party, with its tree where it reaches it."""

    described: Mapping[str, object]
    tree: Markup


class Transaction:
    """The page of transactions over a site."""

    def __init__(self, site: Site, limits: Limits) -> None:
        self.site = site
        self.service = site.service
        self.limits = limits

    async def answer(self, request: AnyRequest) -> Response[bytes]:
        """The form, or what the address asks."""
        return await or_refused(self._read(request), partial(self._refused, BLANK, ""))

    async def _refused(
        self, form: TransactionQuery, text: str, refusal: Refusal
    ) -> Response[bytes]:
        return self._page(form, problem=refusal, text=text)

    async def _read(self, request: AnyRequest) -> Response[bytes]:
        form = form_of(list(request.query_params.multi_items()))
        return await or_refused(self._stated(form), partial(self._refused, form, ""))

    async def _stated(self, form: TransactionQuery) -> Response[bytes]:
        if not form.once and not form.parties:
            return self._page(form)
        return await self._answered(form, form.query(self.service.today()))

    async def file(self, request: AnyRequest) -> Response[bytes]:
        """A shipment from a file or from text, JSON or YAML."""
        return await or_refused(self._sent(request), partial(self._refused, BLANK, ""))

    async def _sent(self, request: AnyRequest) -> Response[bytes]:
        text = (await read_form(request, self.limits, ("shipment",))).get("shipment")
        return await or_refused(self._shipment(text), partial(self._refused, BLANK, text))

    async def _shipment(self, text: str) -> Response[bytes]:
        if not text.lstrip().startswith("{") and len(text) > self.limits.small:
            what = f"A shipment in YAML has at most {self.limits.small} characters here."
            raise refuse(413, what, "shipment", "Write it as JSON.")
        try:
            query = read_shipment(text, "the shipment")
        except ValueError as error:
            raise RefusedError(refusal_of(error)._replace(where="shipment")) from error
        return await self._answered(BLANK, query, text)

    async def _answered(
        self, form: TransactionQuery, query: ShipmentQuery, text: str = ""
    ) -> Response[bytes]:
        try:
            found = await asyncio.to_thread(self.service.assess, query)
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error
        await asyncio.to_thread(self.service.record, lambda: of_answer("assess", found))
        answer: AssessmentAnswer = msgspec.json.decode(msgspec.json.encode(found))
        headers = dict(NO_STORE)
        if form.format in MEMOS:
            memo, seal = memo_text(answer, self.service.clock(), form.format)
            name = f"memo-{seal[:STATED]}.{form.format}"
            headers["content-disposition"] = f'attachment; filename="{name}"'
            return Response(memo.encode(), media_type=MEMOS[form.format], headers=headers)
        if form.format:
            return Response(msgspec.json.encode(answer), media_type=JSON, headers=headers)
        return self._page(form, answer=answer, query=query, text=text)

    def _page(
        self,
        form: TransactionQuery,
        answer: AssessmentAnswer | None = None,
        query: ShipmentQuery | None = None,
        problem: Refusal | None = None,
        text: str = "",
    ) -> Response[bytes]:
        sha256 = self.service.sha256
        name = naming(self.service.register)
        blank = [PartyOfForm()] * max(1, PARTIES_SHOWN - len(form.parties))
        return self.site.page(
            "assess.html",
            "/assess",
            problem.status if problem else 200,
            NO_STORE,
            stated=form,
            today=self.service.today(),
            parties=[*form.parties, *blank],
            roles=[(role, role.replace("_", " ")) for role in ROLES],
            problem=problem,
            answer=answer,
            query=query,
            duty=self._duty(answer, query),
            owners=_rules(self.service.register, answer),
            asks={key: fact.ask for key, fact in self.service.register.facts.items()},
            place=lambda code: with_article(name(code)),
            text=text,
            link=form.link(sha256) if answer and form.once else "",
            sample=f"/assess?{encoded(SAMPLE)}",
            other_register="" if sha256.startswith(form.register) else form.register,
        )

    def _duty(
        self, answer: AssessmentAnswer | None, query: ShipmentQuery | None
    ) -> AnswerView | None:
        """The duty laid out as on its own page; None where none was answered."""
        if answer is None or query is None:
            return None
        duty = answer["duty"]
        if not duty["applies"]:
            return None
        described = duty["question"]
        question = DutyQuestion(
            code=query.shipment.code or "",
            origin=described["origin"],
            on=described["on"],
            destination=described["destination"],
            known_on=described["known_on"],
            value=query.shipment.value,
            quantities=query.shipment.quantities,
            facts=query.shipment.facts,
            base=query.shipment.base,
        )
        return view(self.service, question, duty, "")


def _rules(register: Register, answer: AssessmentAnswer | None) -> list[list[PartyRule]]:
    """Of each party: the ownership rules that reach it or may, each with its tree."""
    if answer is None:
        return []
    return [
        list(_reaching(register, party, answer["question"]["on"])) for party in answer["parties"]
    ]


def _reaching(register: Register, party: AssessedParty, on: str) -> Iterator[PartyRule]:
    for described in party["owners"]:
        if described["result"] == "not_covered":
            continue
        tree = ""
        if described["holdings"]:
            row = {
                "id": party["name"],
                "name": "",
                "tier": max(map(len, described["holdings"])),
                "holdings": described["holdings"],
            }
            key = "covered" if described["result"] == "covered" else "possibly_covered"
            drawn: Any = {  # what a tree is drawn from, and no more
                "regime": described["regime"],
                "on": on,
                "in_force": described["in_force"],
                "threshold": str(regime(register, described["regime"]).threshold),
                "covered": [],
                "possibly_covered": [],
                key: [row],
            }
            tree = ownership_tree(drawn)
        yield PartyRule({**described, "share_in_words": _share(described["share"])}, Markup(tree))


def _share(ends: Iterable[str] | None) -> str:
    from detente.parties.ownership.shares import span_text

    return "" if ends is None else span_text(*(Fraction(end) for end in ends))


def transaction(made: Transaction) -> list[HTTPRouteHandler]:
    """The routes of the page."""

    @get("/assess")
    async def get_assess(request: AnyRequest) -> Response[bytes]:
        return await made.answer(request)

    @post("/assess", status_code=200)
    async def post_assess(request: AnyRequest) -> Response[bytes]:
        return await made.file(request)

    return [get_assess, post_assess]
