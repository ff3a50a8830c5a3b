"""The tools: what an assistant may ask, in the words of the field.

Some are made from the declarations of questions; those that stand here are asked otherwise than
the command of their name. Each gives back the answer of the command under the same keys, with
`citations`: every source that the answer rests on, once. What cannot be understood raises
`ValueError` with what was wrong and what to write in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from detente._shapes import TYPE_CHECKING
from detente.assistant.declared import tools
from detente.core.clock import day_text
from detente.core.stated_days import named_day
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.events import read_query
from detente.register.reading import read
from detente.register.source_links import link_of
from detente.register.views.law_by_day import difference, upcoming

if TYPE_CHECKING:
    from detente.answers.duty import Duty

Code = Annotated[
    str, Field(description="Tariff code with 8 or 10 digits, dots or not: 8507.60.00.10")
]
Country = Annotated[str, Field(description="Country: ISO 3166 code or name, such as CN")]
Day = Annotated[
    str,
    Field(
        description="The day the answer is for, YYYY-MM-DD, or an instant with an offset. "
        "For duty it is the day of entry, not of order or export."
    ),
]
KnownOn = Annotated[
    str | None, Field(description="Answer as it was known at the end of this day; all if left out")
]
Reading = Annotated[
    Literal["law", "announced"] | None,
    Field(
        description="law as read, or as if what an authority only announced were law. By law the "
        "answer says under `announced` where the other reading differs: say both."
    ),
]
Facts = Annotated[
    dict[str, str] | None,
    Field(description='Entry facts by key, such as {"auto_part": "false", "steel_value": "25%"}'),
]


class HoldingInput(BaseModel):
    """A share that somebody holds in a company."""

    model_config = ConfigDict(extra="forbid")

    owner: str = Field(description="Name or id of the owner")
    owned: str = Field(description="Name or id of the company that is owned")
    share: str = Field(description="Percent (50, 33.33-49.99), a fraction (1/3), or unknown")


class SeedInput(BaseModel):
    """A party that stands on a list itself."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="Name or id, as in the holdings")
    list: str = Field(description="EL, MEU, UVL, CMIC, SDN, DPL, CN-CONTROL, CN-UEL or CN-WATCH")
    programme: str = Field("", description="As the OFAC list writes it, such as RUSSIA-EO14024")


class Tools:
    """The tools over one register and one schedule."""

    def __init__(self, register: Register, schedule: Schedule, today: Callable[[], str]) -> None:
        """Take what the tools answer from, and the clock for questions that name no day."""
        self.register = register
        self.schedule = schedule
        self.today = today

    def all(self) -> tuple[Callable[..., dict[str, Any]], ...]:
        """The tools, in the order in which an assistant sees them."""
        return (
            self.what_applies,
            self.duty,
            self.screen_party,
            self.owners,
            self.licence_needed,
            self.what_changes,
            self.compare_scenario,
            *tools(self.register, self.schedule, self.today),
        )

    def what_applies(
        self,
        code: Code,
        origin: Country,
        on: Day,
        to: Country = "US",
        known_on: KnownOn = None,
        facts: Facts = None,
        reading: Reading = None,
    ) -> dict[str, Any]:
        """Which measures reach goods of a tariff code from a country on a day, and which do not.

        Gives the layers with headings, rates, days and reasons, what does not apply and why, the
        headings to file, and the questions that would change the answer. No amounts: see duty.
        """
        question = DutyQuestion(code, origin, on, to, known_on, facts=facts or {}, reading=reading)
        answer = self._duty(question)
        keys = (
            "question",
            "status",
            "reading",
            "announced",
            "scheduled",
            "layers",
            "not_applied",
            "filing",
            "open_questions",
            "coverage",
            "notes",
            "register",
        )
        shown: dict[str, Any] = {key: value for key, value in answer.items() if key in keys}
        shown["layers"] = [
            {key: value for key, value in layer.items() if key not in ("amount", "base")}
            for layer in answer["layers"]
        ]
        return shown

    def duty(
        self,
        code: Code,
        origin: Country,
        on: Day,
        to: Country = "US",
        value: Annotated[str | None, Field(description="Customs value in dollars")] = None,
        quantities: Annotated[
            dict[str, str] | None, Field(description='Quantities by unit, such as {"kg": "500"}')
        ] = None,
        facts: Facts = None,
        base: Annotated[
            str | None, Field(description="Ordinary rate that the register lacks, such as 6.5%")
        ] = None,
        known_on: KnownOn = None,
        reading: Reading = None,
    ) -> dict[str, Any]:
        """What one line of an entry owes on a day, layer by layer, to the cent.

        Say every open question to the person who asks: each names the fact and the total on both
        sides. A total of null is not known; it is never zero.
        """
        question = DutyQuestion(
            code, origin, on, to, known_on, value, quantities or {}, facts or {}, base, reading
        )
        return {**self._duty(question)}

    def screen_party(
        self,
        name: Annotated[str, Field(description="Name in Latin letters or Chinese characters")],
        on: Day,
        country: Annotated[str | None, Field(description="ISO country, to narrow")] = None,
        address: Annotated[
            str, Field(description="As a document writes it; compared with listed addresses")
        ] = "",
        reading: Reading = None,
    ) -> dict[str, Any]:
        """Which listed parties a name may be, as of a day, and what was read of the lists.

        `status`: `hit`; `clear`, only where every list was read whole for the day; `partly`, no hit
        in what was read; `not_screened`, a list begins after the day. Say `reason` and `coverage`
        to the person who asks. A hit is a likeness of names with its reasons, not a finding that it
        is the same party; owners are a question of their own.
        """
        from detente.parties.screening.answer import answer_screen
        from detente.parties.screening.store import Screen

        if not name.strip():
            raise ValueError("name is empty: write the name of the party")
        screen = Screen(day_text(named_day(on[:10], "on")), reading=reading or "")
        answer = answer_screen(screen, [name], country, addresses=[address])
        return {
            **answer["results"][0],
            "on": on,
            "reading": answer["reading"],
            "coverage": answer["coverage"],
            "notes": ["A planning aid, not legal advice; owners are not looked at here."],
        }

    def owners(
        self,
        holdings: Annotated[list[HoldingInput], Field(description="Who holds what share in whom")],
        seeds: Annotated[list[SeedInput], Field(description="Who stands on a list")],
        on: Day,
        regime: Literal[
            "bis", "ofac", "ofac-2013", "mofcom-61", "us-301-cranes", "economic-interest"
        ] = "bis",
        known_on: KnownOn = None,
        reading: Reading = None,
    ) -> dict[str, Any]:
        """Which companies a rule covers because of who owns them, with the shares and the ways.

        Shares are summed over owners and the threshold is applied again at every tier.
        """
        from detente.core.tables.reading import rows_of_cells
        from detente.parties.ownership.answer import owners
        from detente.parties.ownership.file import read_holdings, read_seeds
        from detente.parties.ownership.model import Holdings

        rows = ([each.owner, each.owned, each.share] for each in holdings)
        listed = ([each.id, each.list, each.programme] for each in seeds)
        held = Holdings(
            read_holdings(rows_of_cells("holdings", ["owner", "owned", "share"], rows)),
            read_seeds(rows_of_cells("seeds", ["id", "list", "programme"], listed)),
            {},
            (),
        )
        answer = owners(self._read(reading), held, regime, on, _number(known_on))
        return {**answer, "authority": self._authority(regime)}

    def licence_needed(
        self,
        exporter_country: Country,
        destination: Country,
        on: Day,
        item: Annotated[
            str | None,
            Field(description="ECCN, Chinese control code (1C905) or plain name (gallium)"),
        ] = None,
        code: Annotated[
            str | None, Field(description="Tariff code, where no item is known")
        ] = None,
        parameters: Annotated[
            dict[str, str] | None, Field(description='Such as {"tpp": "4800"}')
        ] = None,
        end_user: Annotated[str | None, Field(description="Name, or civil or military")] = None,
        end_use: Annotated[list[str] | None, Field(description="civil, military, …")] = None,
        made_in: Annotated[str | None, Field(description="Country where it was made")] = None,
        content: Annotated[
            dict[str, str] | None,
            Field(description='Share of Chinese origin by value: {"dysprosium": "0.2%"}'),
        ] = None,
        exporter: Annotated[
            str | None, Field(description="Name: a general licence may belong to it")
        ] = None,
        deemed_to: Annotated[
            str | None,
            Field(description="Citizenship of a person to whom technology is released in the US"),
        ] = None,
        known_on: KnownOn = None,
        reading: Reading = None,
    ) -> dict[str, Any]:
        """Whether an export or reexport needs a licence on a day, by which provision and policy.

        Say the `headline` first. `none` is given only where all rows of `coverage` were read;
        `not_covered` is not clearance: rules that may ask a licence were not read. `candidates`
        means that it depends on a parameter (`needs`), on lists of another day, or on later law.
        Claims are shown beside the law and are not law.
        """
        from detente.licence.answer import LicenceQuery, answer_licence

        if bool(item) == bool(code):
            raise ValueError("name one of item and code: item gallium, or code 8112.92.10")
        query = LicenceQuery(
            start=exporter_country,
            to=destination,
            on=on,
            item=item,
            code=code,
            params=parameters or {},
            end_user=end_user or "",
            end_use=tuple(end_use or ()),
            made_in=made_in or "",
            content=content or {},
            exporter=exporter or "",
            deemed_to=deemed_to or "",
            known_on=known_on,
        )
        return {**answer_licence(self._read(reading), query)}

    def what_changes(
        self,
        on: Day,
        until: Annotated[
            str | None, Field(description="Another day: what differs between the two")
        ] = None,
        days: Annotated[int | None, Field(description="Or: look this far ahead", ge=1)] = None,
        by: Annotated[str | None, Field(description="The side that acts: US or CN")] = None,
        known_on: KnownOn = None,
        reading: Reading = None,
    ) -> dict[str, Any]:
        """What changes next after a day, or what differs between two days, by provision."""
        if until is not None and days is not None:
            raise ValueError("until and days are two questions: give one of them")
        register = self._read(reading)
        query = read_query(register, by or "", "", _number(known_on))
        if until is not None:
            return {**difference(register, query, on, until)}
        return {**upcoming(register, query, on, days)}

    def compare_scenario(
        self,
        scenario: Annotated[
            str,
            Field(
                description="truce-lapses, truce-extended, threat-100, decoupling, back-to-2017; "
                "or announced, for what was only announced"
            ),
        ],
        code: Code,
        origin: Country,
        on: Day,
        base: Annotated[
            str, Field(description="What it is compared with: law or a scenario")
        ] = "law",
        to: Country = "US",
        value: Annotated[str | None, Field(description="Customs value in dollars")] = None,
        facts: Facts = None,
    ) -> dict[str, Any]:
        """What a line would owe on a day if a scenario's events happened, beside the law."""
        from detente.compare.answer import compare_good, shipped_pair

        question = DutyQuestion(code, origin, on, to, None, value, facts=facts or {})
        pair = shipped_pair(self.register, base, scenario)
        return {**compare_good(pair, self.schedule, question)}

    def _authority(self, regime: str) -> list[str]:
        """What an ownership rule rests on; economic interest is not a rule and rests on nothing."""
        from detente.parties.ownership.regimes import regime_names

        record = regime_names(self.register)[regime]
        if not record:
            return []
        measure = self.register.measure(record)
        return [self.register.citation(key) for key in measure.authority]

    def _read(self, reading: str | None) -> Register:
        return read(self.register, reading) if reading else self.register

    def _duty(self, question: DutyQuestion) -> Duty:
        return answer_duty(self.register, self.schedule, question)


def cited(answer: Mapping[str, Any], register: Register) -> dict[str, Any]:
    """The answer with every source that stands in it, once, in order, each with its address."""
    words = list(dict.fromkeys(_sources(answer)))
    rows = [{"citation": each, "url": link_of(register, each)} for each in words]
    return {**answer, "citations": rows}


SOURCES = ("source", "sources", "citation", "citations", "authority")


def _sources(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in SOURCES:
                yield from _texts(value)
            else:
                yield from _sources(value)
    elif isinstance(part, list):
        for each in part:
            yield from _sources(each)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(value.get("citation"))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _number(known_on: str | None) -> int | None:
    return None if known_on is None else named_day(known_on, "known_on")
