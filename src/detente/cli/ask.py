"""Questions at the shell: a parser from the declaration, the answer, and how it is shown."""

from __future__ import annotations

import sys

from detente._callable import module_of
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.cli.plain_words import plain_values
from detente.cli.shell import Shell, today
from detente.questions import NAMES, find

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from typing import Any

    from detente.questions.declare import Question
    from detente.questions.parameters import ParameterValues


WRITING = ("output", "out", "columns")
"""Parameters that ask for a file with a table, or for some columns of it."""


class Face(NamedTuple):
    """What the shell does with an answer beside printing it as JSON: names of functions.

    Attributes:
        show: gives the text of an answer; none where `end` has said all.
        begin: checks what was given before anything is asked.
        end: writes or draws what was asked for.
        reasons: whether the text may give reasons too, where `why` asks for them.
        rows: answers row by row where a file of many questions is named, and gives the exit code;
            None where a single one is asked.
        json: writes the answer as JSON, into an open file, in a way of its own.
        groups: gives the rows of a table by their status, which is its first column; none where
            they have none.
    """

    show: str
    begin: str = ""
    end: str = ""
    reasons: bool = False
    rows: str = ""
    json: str = ""
    groups: str = ""


FACES = {
    "duty": Face("duties.show_duty:show", reasons=True),
    "history": Face(
        "duties.show_history:show", "output_file:check_files", "duties.history_file:write"
    ),
    "entry": Face(
        "duties.show_entry:show", "duties.entry_file:check", "duties.entry_file:write", reasons=True
    ),
    "agree": Face(
        "duties.show_agree:show", "duties.agree_file:check", "duties.agree_file:write", reasons=True
    ),
    "check": Face("duties.show_check:show", "duties.check_file:check", "duties.check_file:write"),
    "average": Face(
        "duties.show_average:show_average",
        "duties.average_chart:check",
        "duties.average_chart:draw",
    ),
    "compare": Face(
        "what_if.show_scenario:show_comparison", "what_if.compared:check", "what_if.compared:write"
    ),
    "status": Face("show_register:show_status"),
    "measure": Face("show_register:show_measure"),
    "timeline": Face("law.show_events:show_timeline", "pictures:check", "law.timeline_chart:draw"),
    "upcoming": Face("law.show_events:show_upcoming"),
    "diff": Face("law.show_events:show_difference"),
    "truce": Face("law.show_truce:show_truce"),
    "claims": Face("law.show_truce:show_claims"),
    "coverage": Face("law.show_coverage:show_coverage"),
    "impact critical": Face("what_if.show_impact:show_critical"),
    "supply": Face("what_if.show_supply:show", "pictures:check", "what_if.supplied:write"),
    "licence": Face("parties.show_licence:show", reasons=True),
    "items": Face("parties.show_items:show"),
    "party": Face("parties.show_party:show"),
    "listings": Face("parties.show_listings:show"),
    "lists diff": Face("parties.lists_changes:show"),
    "vendors decisions": Face("parties.show_decisions:show"),
    "ledger list": Face("transaction.show_ledger:show"),
    "screen": Face("parties.show_screen:show", rows="parties.screen_file:screen_file"),
    "owners": Face(
        "parties.show_owners:show",
        "parties.show_owners:begin",
        "parties.show_owners:end",
        json="parties.show_owners:write_json",
        groups="parties.show_owners:companies",
    ),
    "owners count": Face(
        "parties.show_owners_count:show",
        "output_file:check_table",
        "parties.show_owners_count:write",
    ),
    "assess": Face(
        "transaction.show_assess:show",
        "transaction.assess_memo:check",
        "transaction.assess_memo:write",
        reasons=True,
        rows="transaction.assess_table:assess_table",
    ),
    "verify": Face("transaction.show_verify:show"),
    "batch": Face("", "duties.batch_file:begin", "duties.batch_file:end"),
    "panel": Face("", end="duties.panel_written:end"),
    "audit": Face("duties.show_audit:show", "duties.audit_file:check", "duties.audit_file:write"),
    "feed": Face("law.feed_file:show", end="law.feed_file:write", json="law.feed_file:write_json"),
    "scenario list": Face("what_if.show_scenario:show_list"),
    "scenario show": Face("what_if.show_scenario:show_one"),
    "scenario run": Face("what_if.show_scenario:show_run"),
    "scenario tree": Face(
        "what_if.show_tree:show_tree", "pictures:check", "what_if.show_tree:draw"
    ),
    "impact partial": Face(
        "what_if.show_impact:show_partial",
        "what_if.impact_files:check",
        "what_if.impact_files:write",
    ),
    "impact equilibrium": Face("what_if.show_impact:show_equilibrium"),
    "impact optimal": Face("what_if.show_worlds:show_best"),
    "impact households": Face("what_if.show_households:show_households"),
    "impact revenue": Face("what_if.show_households:show_revenue"),
    "scoreboard": Face(
        "what_if.show_scoreboard:show",
        "output_file:check_table",
        "what_if.show_scoreboard:write",
    ),
    "world list": Face("what_if.show_worlds:show_list"),
    "world show": Face("what_if.show_worlds:show_one"),
    "search": Face("duties.show_goods:show_hits"),
    "goods": Face("duties.show_goods:show_line"),
    "browse": Face("duties.show_goods:show_under"),
}


def run(name: str, words: list[str], verbs: Iterable[str] = ()) -> int:
    """Ask a question, or one that is a verb of it, and print its answer; returns the exit code.

    Args:
        name: of the question.
        words: of the command line.
        verbs: further words that may stand first, which the command reads by itself.
    """
    if words and f"{name} {words[0]}" in NAMES:
        name, words = f"{name} {words[0]}", words[1:]
    question = find(name)
    values = plain_values(question.at_shell, words)
    if values is not None:
        return answer(question, values)
    below = (each.removeprefix(f"{name} ") for each in NAMES if each.startswith(f"{name} "))
    options = parser_of(question, (*below, *verbs))
    return answer(question, vars(options.parse_args(words)))


def answer(question: Question, values: ParameterValues) -> int:
    """Answer what was given and print it; returns the exit code."""
    face, ask = FACES[question.name], Shell(question.at_shell, values, today, dashed=True)
    written = any(values.get(name) for name in WRITING)
    if written and not face.rows:
        from detente.cli.output_file import check_rows

        check_rows(question, ask)
    question.check_written(values)
    if face.begin:
        _function(face.begin)(ask)
    if face.rows and (code := _function(face.rows)(ask)) is not None:
        return int(code)
    found = question.answer(ask)
    if question.recorded is not None and ask.values.get("record"):
        from detente.cli.recording import record

        ask.beside["recorded"] = record(question.recorded(ask, found))
    write_json = _function(face.json) if face.json else None
    if written and question.writes_rows:
        from detente.cli.output_file import write_rows

        groups = _function(face.groups)(found) if face.groups else None
        write_rows(question, ask, found, write_json, groups)
    # What is said of an answer comes when it is in its file, since nobody may be there to hear it.
    if face.end:
        _function(face.end)(ask, found)
    if ask.values.get("json"):
        if write_json is not None:
            write_json(found, sys.stdout)
        else:
            from detente.cli.replies import print_json

            print_json(found)
    elif face.show:
        more = {"reasons": ask.values["why"]} if face.reasons else {}
        from detente.cli.wrapped import say

        say(_function(face.show)(found, **more))
    return question.code(ask, found) if question.code is not None else 0


def parser_of(question: Question, verbs: Iterable[str] = ()) -> argparse.ArgumentParser:
    """The command line of a question, and verbs that may stand in its place."""
    from detente.cli.options import add, parser

    options = parser(question.name, question.summary, question.examples, verbs)
    add(options, question.at_shell)
    return options


def _function(name: str) -> Callable[..., Any]:
    file, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(module_of(f"detente.cli.{file}"), function)
    return found
