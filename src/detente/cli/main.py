"""Entry point: finds the command's module, and turns errors into messages and exit codes.

Only the module of the command that is asked for is imported, so a cold answer stays fast.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

COMMANDS = {
    "duty": "what one line of an entry owes on a day, with the working",
    "history": "the duty on a line over time, each step with the act that made it",
    "entry": "a whole entry: duty line by line, fees, taxes, possible orders",
    "assess": "a whole transaction: duty, parties, licences, what to resolve first",
    "verify": "whether a memo still says what it said",
    "batch": "the same for every row of a table",
    "panel": "the rate of every line from many origins, day by day",
    "audit": "declared entries beside what they owed, and why they differ",
    "check": "a file of goods or partners: duty, waiting, origins, lists, items",
    "agree": "another's rates beside ours: where they differ, and why",
    "average": "the average duty on a country's goods, weighted, day by day",
    "scenario": "what if: the scenarios at hand, what they change, trees of them",
    "compare": "the law and a scenario, or two scenarios, beside each other",
    "register": "write an order down, check it, lay it over the register",
    "status": "where every measure stands on a day",
    "measure": "one measure, with its limbs over time",
    "timeline": "what was announced, in order, and what it did",
    "upcoming": "what changes next",
    "diff": "what the law says on one day and not on another",
    "truce": "every instrument of the truce: its state, its last day, what returns",
    "claims": "what was said, by whom, and what the register answers",
    "feed": "what was announced, as an Atom feed",
    "report": "an answer that you hold wrong, as a case that becomes a test",
    "update": "newer law in one signed file; going back",
    "watch": "official documents that nobody has read, and what they touch",
    "coverage": "which headings of chapter 99 are modelled, and which not",
    "owners": "who is covered because of who owns them",
    "registry": "a synthetic company registry to try ownership on",
    "supply": "a critical mineral, stage by stage: who makes it, what is left",
    "impact": "what a change does to welfare, prices and critical inputs",
    "scoreboard": "published estimates beside ours, with the gap and its cause",
    "world": "the worlds of the equilibrium model: at hand, one of them, building one",
    "goods": "a line of the tariff schedule: words, rate, what became of it",
    "search": "find tariff codes by words",
    "browse": "the tariff schedule by section, chapter and heading",
    "screen": "which entries of the lists of restricted parties a name may be",
    "party": "one listed party: its lists, days, what follows, who belongs to it",
    "listings": "how many parties were put on each list, by year",
    "vendors": "a table of partners screened by consequence, decisions kept, and again",
    "lists": "the lists of restricted parties at hand; importing one",
    "licence": "what needs a licence: export controls of both sides, limb by limb",
    "items": "controlled items of both countries, by number, words or tariff code",
    "sign": "the key that signs your memos and ledger heads, and keys of others",
    "ledger": "what was asked and answered, and whether the record still holds",
    "serve": "pages and API on this machine",
    "assistant": "the questions as tools for an assistant program",
    "completion": "what a shell needs to complete commands and options",
}
"""Commands in the order in which help shows them."""

BESIDE = ("serve", "assistant", "completion")
"""Commands whose module stands beside this file."""

ROOMS = {
    "duties": ("goods",),
    "law": ("register", "report", "update", "watch"),
    "parties": ("registry", "vendors", "lists"),
    "transaction": ("sign", "ledger"),
    "what_if": ("scenario", "impact", "world"),
}  # fmt: skip
"""The rooms of commands that have a module; the others are questions."""

USAGE = """usage: detente COMMAND [options]

The US-China trade measures as a register: what applies, what it costs, on any day.

commands:
{commands}

  detente COMMAND --help     options and examples of a command
  detente --version

A planning aid, not legal advice.
"""

COLLECTED_AFTER = 50_000
"""Objects made before circles among them are looked for; a cold answer makes fewer."""

OPTIONS = ("--help", "--version")
"""What may stand in place of a command."""

ANSWERED, FAULT, MISUNDERSTOOD, OPEN = 0, 1, 2, 3
"""Exit codes."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(_usage())
        return ANSWERED
    if words[0] == "--version":
        from detente._version import __version__

        print(f"detente {__version__}")
        return ANSWERED
    if words[0] not in COMMANDS:
        print(f"detente: {_unknown(words[0])}", file=sys.stderr)
        return MISUNDERSTOOD
    return _run(words[0], words[1:])


def entry() -> None:
    """The command at the shell, whose process ends with it.

    Taking its objects apart one by one before the end would be a tenth of a cold answer, and
    looking for circles among them as often as Python does by itself another one.
    """
    gc.set_threshold(COLLECTED_AFTER)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any longer
            stream.flush()
    os._exit(code)


def runner_of(command: str) -> Callable[[list[str]], int]:
    """What reads a command's words and prints its answer."""
    from importlib import import_module

    room = next((f"{room}." for room, commands in ROOMS.items() if command in commands), "")
    if not room and command not in BESIDE:
        from functools import partial

        return partial(import_module("detente.cli.ask").run, command)
    run: Callable[[list[str]], int] = import_module(f"detente.cli.{room}{command}_command").run
    return run


def _run(command: str, words: list[str]) -> int:
    run = runner_of(command)
    try:
        return run(words)
    except (ValueError, FileNotFoundError, IsADirectoryError, PermissionError) as error:
        print(f"detente {command}: {error}", file=sys.stderr)
        return MISUNDERSTOOD
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing more to say, and nothing to complain about.
        sys.stderr.close()
        return ANSWERED
    except OSError as error:
        print(f"detente {command}: {error}", file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if type(error).__module__ != "sqlite3":
            raise
        from detente.store.damage import damage_text

        print(f"detente {command}: {damage_text(error)}", file=sys.stderr)
        return FAULT
    finally:
        _tell_of_law()


def _tell_of_law() -> None:
    """Say that a bundle of law was passed over, since it was made for another release."""
    opened = sys.modules.get("detente.store.files")
    if opened is not None and opened.PASSED_OVER:
        print(
            f"The bundle of law {opened.PASSED_OVER} was made for another release or is gone: "
            "other law answered. Take one for this release with `detente update --source FILE`.",
            file=sys.stderr,
        )


def _usage() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}   {words}" for name, words in COMMANDS.items()]
    return USAGE.format(commands="\n".join(lines))


def _unknown(word: str) -> str:
    from detente.core.vocabulary import nearest

    what, known = ("option", OPTIONS) if word.startswith("-") else ("command", tuple(COMMANDS))
    near = nearest(word, known, 1)
    hint = f"did you mean `{near[0]}`?" if near else f"{what}s: {', '.join(known)}"
    return f"unknown {what} {word!r}: {hint}"


if __name__ == "__main__":
    entry()
