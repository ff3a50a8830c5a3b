"""Entry point: finds the command's module, and turns errors into messages and exit codes.

Only the module of the command that is asked for is imported, so a cold answer stays fast.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence

from detente._callable import module_of

COMMANDS = {
    "duty": "the duty on one line of an entry on a day, with the working",
    "history": "the duty on a line over time, with the act behind each change",
    "entry": "a whole entry: duty by line, fees, taxes, possible orders",
    "assess": "a whole transaction: duty, parties, licences, a verdict",
    "verify": "whether a memo is unchanged since it was written",
    "batch": "the duty on every row of a table",
    "panel": "the rates on every line from many origins, day by day",
    "audit": "declared entries against what they owed, with the reasons",
    "check": "your own file of goods or partners: duty, timing, origins, lists",
    "agree": "someone else's rates against ours: where they differ, and why",
    "average": "the weighted average duty on a country's goods, day by day",
    "scenario": "what if: scenarios, what they change, and trees of them",
    "compare": "the law against a scenario, or one scenario against another",
    "register": "write an order down, check it, add it to the register",
    "status": "where every measure stands on a given day",
    "measure": "one measure, with its provisions over time",
    "timeline": "announcements in order, and what each one did",
    "upcoming": "changes ahead: scheduled steps and suspensions that run out",
    "diff": "what changed in the law between two days",
    "truce": "the instruments of the truce: status, last day, what returns",
    "claims": "public claims, who made them, and what the register says",
    "feed": "announcements as an Atom feed",
    "report": "report a wrong answer as a case file that becomes a test",
    "update": "install newer law from a signed file, or go back",
    "watch": "official documents not read yet, and what they may affect",
    "coverage": "which headings of chapter 99 are modelled, and which are not",
    "owners": "companies covered because of who owns them",
    "registry": "generate a synthetic company registry for testing ownership",
    "supply": "a critical mineral by stage: who makes it, what if they stop",
    "impact": "effects of a change on trade, welfare, prices and inputs",
    "scoreboard": "published estimates against ours, with the gap and its cause",
    "world": "data sets of the equilibrium model: list, show, build",
    "goods": "a line of the tariff schedule: description, rate, later numbers",
    "search": "find tariff codes in plain words",
    "browse": "the tariff schedule by section, chapter and heading",
    "screen": "match names against the lists of restricted parties",
    "party": "one listed party: lists, dates, consequences, related parties",
    "listings": "how many parties each list added, by year",
    "vendors": "screen a table of partners, record decisions, screen it again",
    "lists": "the lists of restricted parties: show, import, update, compare",
    "licence": "whether an export needs a licence, under either country's law",
    "items": "controlled items of both countries, by number, word or code",
    "sign": "keys that sign memos and ledgers: yours, and those you trust",
    "ledger": "the record of questions and answers, and whether it is intact",
    "serve": "serve the web pages and the API from this machine",
    "assistant": "serve the questions as tools for an AI assistant",
    "completion": "a script that completes commands and options in your shell",
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
    looking for circles among them as often as Python does by itself a twentieth.
    """
    gc.set_threshold(COLLECTED_AFTER)
    # Where the library for arrays is loaded, it starts threads for sums that no command asks.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _open_closed()
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - contextlib is not loaded for this
            stream.flush()
        except (OSError, ValueError):
            pass  # nobody reads it any longer
    os._exit(code)


def _open_closed() -> None:
    """Put something in the place of standard streams that were closed, which Python has as None.

    What is printed into a closed standard output is lost, and so it is refused when it is flushed.
    """
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def runner_of(command: str) -> Callable[[list[str]], int]:
    """What reads a command's words and prints its answer."""
    room = next((f"{room}." for room, commands in ROOMS.items() if command in commands), "")
    if not room and command not in BESIDE:
        from functools import partial

        return partial(module_of("detente.cli.ask").run, command)
    run: Callable[[list[str]], int] = module_of(f"detente.cli.{room}{command}_command").run
    return run


def _run(command: str, words: list[str]) -> int:
    run, collecting = runner_of(command), gc.isenabled()
    try:
        code = run(words)
        # What is left to be printed may find no room, or nobody who reads it.
        sys.stdout.flush()
        return code
    except (ValueError, FileNotFoundError, IsADirectoryError, PermissionError) as error:
        print(f"detente {command}: {_described(error)}{_search(error, words)}", file=sys.stderr)
        return MISUNDERSTOOD
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing more to say, and nothing to complain about.
        sys.stderr.close()
        return ANSWERED
    except OSError as error:
        print(f"detente {command}: {_unwritten(error)}", file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # By name, so that a command which opens no database need not import sqlite3 for this.
        if type(error).__module__ != "sqlite3":
            raise
        from detente.store.damage import damage_text

        print(f"detente {command}: {damage_text(error)}", file=sys.stderr)
        return FAULT
    finally:
        if collecting:  # long work turns it off; whoever called from Python goes on
            gc.enable()
        _tell_of_law()


def _described(error: Exception) -> str:
    """An error in words: the operating system's own have a number, and its path in quotes."""
    if not isinstance(error, OSError) or error.errno is None or error.filename is None:
        return str(error)
    path = os.fsdecode(error.filename)
    if isinstance(error, PermissionError):
        return f"you are not permitted to open {path}"
    from detente.core.missing_files import no_file

    return no_file(path)


def _search(error: Exception, words: Sequence[str]) -> str:
    """The search for the code that words stood in the place of, in the tariff that was asked."""
    sought = getattr(error, "sought", "")
    if not sought:
        return ""
    import shlex

    after = zip(words, [*words[1:], ""], strict=True)
    given = [value for word, value in after if word == "--to"]
    given += [word.partition("=")[2] for word in words if word.startswith("--to=")]
    to = f" --to {shlex.quote(given[-1])}" if given else ""
    return f"\nSuch as: detente search {shlex.quote(sought)}{to}"


def _unwritten(error: OSError) -> str:
    """What a person is told of a file that could not be read or written."""
    import errno

    from detente.store.whole import has_no_room

    if error.errno == errno.EBADF:
        return "standard output is closed: what was to be printed is lost; files were written"

    if not has_no_room(error):
        return str(error)
    do = "make room on the disk, or name another place; DETENTE_HOME names your folder"
    return f"{error.strerror}: {do}"


def _tell_of_law() -> None:
    """Say that a bundle of law was passed over, since it was made for another release."""
    # Not imported: a command that opened no file has passed over none.
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
