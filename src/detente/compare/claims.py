"""Claims: what was said, by whom, and what the register answers where it can be asked.

A claim may carry a command as its test: ``detente measure``, ``duty``, ``average`` or ``supply``.
The answer is that command's own, in a few words. A claim without a test is
recorded and not judged.
"""

from __future__ import annotations

import shlex

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import day_text
from detente.core.figures import percent
from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.confirmed import unconfirmed_words
from detente.register.events import Query, records
from detente.register.views.law_by_day import about, claim_row, one_measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.answers.claims import ClaimsAnswer, TestedClaim
    from detente.answers.supply import NeedTested
    from detente.average.question import AverageQuestion
    from detente.register.model import Measure

OPTIONS = {
    "--origin": "origin",
    "--to": "destination",
    "--base": "base",
    "--on": "on",
    "--weights": "weights",
    "--stage": "stage",
    "--within": "within",
}
"""Options of a test that take a value, by the field of the question they fill."""


NO_TEST = "No command of this product tests it; it is recorded and not judged."


class ClaimsQuery(NamedTuple):
    """Whose claims are asked for, and of which days: the ends count, "" leaves them open.

    Attributes:
        speaker: a part of the name, role or outlet, in any case; "" for everybody.
        first: the first day.
        last: the last day.
    """

    speaker: str = ""
    first: str = ""
    last: str = ""


EVERYTHING = ClaimsQuery()


def _stated(measures: Sequence[Measure], stated: ClaimsQuery) -> list[Measure]:
    """Claims of a speaker on some days.

    Raises:
        ValueError: nobody of that name said anything on any day; the message names who did.
    """
    spoken = [each for each in measures if _is_of(each, stated.speaker.casefold().split())]
    if measures and not spoken:
        names = sorted({str(each.terms["speaker"]) for each in measures})
        raise ValueError(
            f"no claim of {stated.speaker!r} is recorded: there are {', '.join(names)}"
        )
    if stated.first and stated.last and stated.last < stated.first:
        raise ValueError(f"the last day, {stated.last}, lies before the first, {stated.first}")
    return [
        each
        for each in spoken
        if stated.first <= day_text(each.events[0].announced)
        and (not stated.last or day_text(each.events[0].announced) <= stated.last)
    ]


def _is_of(claim: Measure, words: list[str]) -> bool:
    described = " ".join(str(claim.terms.get(key, "")) for key in ("speaker", "role", "outlet"))
    return all(word in described.casefold() for word in words)


def claims(
    register: Register,
    schedule: Schedule,
    known_on: int | None,
    on: str,
    by: str = "",
    stated: ClaimsQuery = EVERYTHING,
) -> ClaimsAnswer:
    """Every claim, by the day on which it was made.

    Args:
        register: the register asked.
        schedule: the schedule for tests that ask about duty.
        known_on: day number; claims made later are left out, and tests answer as known then.
        on: the day for tests that name none.
        by: the side of the speaker; "" for all.
        stated: by whom, and on which days.

    Raises:
        ValueError: a test is not a command that can be one, or nobody of that name said anything;
            the message names who did.
    """
    measures = records(register, Query(known_on=known_on, by=by, kinds=("claim",)))
    measures = _stated(measures, stated)
    stated_tests = [claim.terms["test"] for claim in measures if claim.terms.get("test")]
    tests = ClaimTests(register, schedule, known_on, on, stated_tests)
    rows: list[TestedClaim] = []
    for claim in measures:
        row, test = claim_row(register, claim, known_on), claim.terms.get("test", "")
        rows.append(
            {
                **row,
                "by": claim.by,
                "source": "; ".join(row["sources"]),
                "test": test or None,
                "answer": tests.answer(test) if test else None,
                "untested": None if test else claim.terms.get("untested", NO_TEST),
            }
        )
    rows.sort(key=lambda row: (row["on"], row["id"]))
    known = None if known_on is None else day_text(known_on)
    return {
        "on": on,
        "known_on": known,
        "reading": register.reading,
        "claims": rows,
        "register": about(register, measures),
    }


class ClaimTests:
    """The tests of claims, by the law and the tables that answer them."""

    def __init__(
        self,
        register: Register,
        schedule: Schedule,
        known_on: int | None,
        on: str,
        tests: Iterable[str] = (),
    ) -> None:
        """Take what they are answered by.

        Args:
            register: the register asked.
            schedule: the schedule for tests that ask about duty.
            known_on: day number; tests answer as known then. None for all that is known.
            on: the day for tests that name none.
            tests: those that will be asked. Averages that differ in nothing but the day are walked
                once, which takes hardly longer than one of them.

        Raises:
            ValueError: one of them is not a command that can be a test, or cannot be read.
        """
        self._register, self._schedule, self._on = register, schedule, on
        self._known_on = known_on
        self._known = None if known_on is None else day_text(known_on)
        self._days: dict[str, list[str]] = {}
        for test in tests:
            words = shlex.split(test)
            if words[:2] == ["detente", "average"]:
                question = self._average_question(words[2:])
                self._days.setdefault(_but_for_days(question), []).append(question.start)

    def answer(self, test: str) -> str:
        """The answer of a test's command, in a few words.

        Raises:
            ValueError: the command is not a test, or cannot be read.
        """
        words = shlex.split(test)
        answers = {
            "measure": self._measure,
            "duty": self._duty,
            "average": self._average,
            "supply": self._supply,
        }
        if words[:1] != ["detente"] or len(words) < 2 or words[1] not in answers:
            raise ValueError(
                f"{test!r} is not a test of a claim: write detente measure, duty, average or supply"
            )
        return answers[words[1]](words[2:])

    def _measure(self, words: list[str]) -> str:
        names, options, _ = _read(words)
        answer = one_measure(self._register, names[0], options.get("on", self._on), self._known_on)
        parts = [answer["state"].replace("_", " ")]
        if answer["since"]:
            parts.append(f"since {answer['since']}")
        if answer["until"]:
            parts.append(f"until {answer['until']}")
        if not answer["confirmed"]:
            parts.append(f"({unconfirmed_words(answer['confirmed_through'])})")
        rates = dict.fromkeys(limb["rate"] for limb in answer["limbs"] if limb["rate"])
        if rates:
            parts.append(f"({'; '.join(rates)})")
        described = f"{names[0]} on {answer['on']}: {' '.join(parts)}"
        return f"{described}. {answer['announced']['text']}" if answer["announced"] else described

    def _duty(self, words: list[str]) -> str:
        names, options, facts = _read(words)
        question = DutyQuestion(
            code=names[0],
            origin=options.get("origin", ""),
            on=options.get("on", self._on),
            destination=options.get("destination", "US"),
            known_on=self._known,
            facts=facts,
            base=options.get("base"),
        )
        answer = answer_duty(self._register, self._schedule, question)
        described = f"{percent(answer['total']['ad_valorem'])} on {question.on}"
        return f"{described}. {answer['announced']['text']}" if answer["announced"] else described

    def _average_question(self, words: list[str]) -> AverageQuestion:
        # Weights are read only where a claim is about an average.
        from detente.average.question import AverageQuestion

        _, options, facts = _read(words, named=0)
        day = options.get("on", self._on)
        return AverageQuestion(
            origin=options.get("origin", ""),
            start=day,
            last=day,
            destination=options.get("destination", "US"),
            weights=options.get("weights"),
            facts=facts,
            known_on=self._known,
            base=options.get("base"),
        )

    def _average(self, words: list[str]) -> str:
        from detente.average.answer import answer_average
        from detente.average.kept import kept
        from detente.trade.flows import Flows

        question = self._average_question(words)
        day = question.start
        days = self._days.get(_but_for_days(question), [day])
        walked = question._replace(start=min(days), last=max(days))
        answer = kept(answer_average, self._register, self._schedule, Flows(), walked)
        # A point stands until the next: the last one that does not lie behind the day is its own.
        point = [each for each in answer["series"] if each["on"] <= day][-1]
        high = f" to {percent(point['average_high'])}" if point["average_high"] is not None else ""
        return f"{percent(point['average'])}{high} on {day}, weights {answer['weights']}"

    def _supply(self, words: list[str]) -> str:
        # Minerals are read only where a claim is about one.
        from detente.supply.answer import SupplyQuestion, answer_supply
        from detente.supply.tables import Minerals

        names, options, _ = _read(words)
        question = SupplyQuestion(
            mineral=names[0],
            on=options.get("on", self._on),
            stage=options.get("stage", ""),
            within=int(options.get("within", "0")),
            known_on=self._known or "",
        )
        answer = answer_supply(self._register, Minerals(), question)
        made = [row for stage in answer["stages"] for row in stage["tests"]]
        members = {each["name"]: each["tests"] for each in answer["by_element"]}
        covers = answer["stages"][0]["covers"]
        assert covers is not None
        assert covers["in_time"] is not None, "months were stated"
        by = covers["in_time"]["by"]
        parts = [f"needs in hand, without {answer['cut']}, by {by}"]
        for name, rows in {answer["name"]: made, **members}.items():
            parts += [f"{name}, {_one_test(row)}" for row in rows if row["whose"] in MAIN]
        if len(parts) == 1:
            parts.append("unknown: no need was stated, and none is in hand")
        if self._known is not None:
            parts.append(f"with what was public on {self._known}")
        return "; ".join(parts)


def _but_for_days(question: AverageQuestion) -> str:
    """What an average is asked besides its days."""
    return repr(question._replace(start="", last=""))


MAIN = ("world", "US")
"""Whose needs a claim's answer tells; the command tells all."""


def _one_test(row: NeedTested) -> str:
    """A tested need in a few words."""
    least = "at least " if row["at_least"] else ""
    known, high = row["supply"]
    low = known or "an amount that is not known"
    ends = " to ".join(dict.fromkeys((low, high))) if high else low
    open_ = " or more" if known and not high else ""
    made = "added" if row["basis"] == "added" else "made"
    first = f", first in {row['first_year']}" if row["first_year"] else ""
    whose = "the world" if row["whose"] == "world" else row["whose"]
    return (
        f"{row['stage']}, {whose} {least}{row['need']} {row['unit']} ({row['of']}) against "
        f"{ends}{open_} {made} outside: {row['verdict'].replace('_', ' ')}{first}"
    )


def _read(words: list[str], named: int = 1) -> tuple[list[str], dict[str, str], dict[str, str]]:
    """Names, options and entry facts of a test; it must have as many names as ``named`` says."""
    names: list[str] = []
    options: dict[str, str] = {}
    facts: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word == "--fact":
            key, _, value = next(rest, "").partition("=")
            facts[key] = value
        elif word in OPTIONS:
            options[OPTIONS[word]] = next(rest, "")
        elif word.startswith("-"):
            raise ValueError(f"{word!r} is not an option of a test: {', '.join(OPTIONS)} or --fact")
        else:
            names.append(word)
    if len(names) != named:
        wanted = "one record or one code" if named else "no record and no code"
        raise ValueError(f"a test names {wanted}, not {names}")
    return names, options, facts
