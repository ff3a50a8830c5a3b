"""``detente report``: an answer that somebody holds wrong, as a case file that becomes a test."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import parser

if TYPE_CHECKING:
    import argparse
    from typing import Any, TypedDict

    from detente.questions.declare import Question

    class CaseFile(TypedDict):
        """A case in the form of ``tests/settled``, with what was answered and by which law."""

        name: str
        ask: dict[str, object]
        expect: dict[str, str]
        because: str
        source: str
        answered: dict[str, str]
        register: dict[str, str]


EXAMPLES = """  detente report --expect total.ad_valorem=0.359 --because "3.4 + 301 25 + 7.5" \\
    --source "91 Fed. Reg. 70000" -- duty 8507.60.00.10 --origin CN --on 2025-11-12
  detente report --expect decision=licence --because "3A001.a.7 is on the list" \\
    --source "15 CFR 774, Supplement No. 1" -o chips.yaml -- licence --item 3A001 --from US --to CN

After the two dashes stands the question as you asked it. PATH is the way to a value in the
answer's JSON: keys and numbers of rows, with points between. The file holds the question, what you
hold right, why, your source, and what was answered by which law. Send it to the maintainers, or
add it to tests/settled: it is a test, and it fails until somebody has made it right."""

PLURAL = {"fact": "facts", "param": "params", "quantity": "quantities", "party": "parties"}
"""Parameters that may be given more than once, as the case files name them."""

PAIRED = ("fact", "param")
"""Parameters that are KEY=VALUE."""

REGISTER = ("version", "sha256", "bundle", "reviewed_through")
"""What of the register's block a case keeps."""


def run(words: list[str]) -> int:
    """Ask the question, and write down what somebody holds right of it."""
    summary = "An answer that you hold wrong, as a case that becomes a test."
    command = parser("report", summary, EXAMPLES)
    command.add_argument(
        "--expect", metavar="PATH=VALUE", action="append", required=True, help="what you hold right"
    )
    command.add_argument("--because", required=True, help="the arithmetic, or the words of the law")
    command.add_argument("--source", required=True, help="where that stands: citation or address")
    command.add_argument("--name", help="a sentence that says the case (default: made of it)")
    command.add_argument("-o", "--output", metavar="FILE", type=Path, default=Path("report.yaml"))
    command.add_argument("question", nargs="+", help="after --: the command and its words")
    options = command.parse_args(words)
    if options.output.exists():
        raise ValueError(f"{options.output} exists: name another file with -o")

    import yaml

    from detente.store.whole import write_whole

    case = case_of(options)
    text = yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=110)
    write_whole(options.output, text.encode())
    print(f"Wrote {options.output}. It says what was answered, and what you hold right:")
    for path, wanted in case["expect"].items():
        print(f"  {path}: {case['answered'].get(path, 'refused')} -> {wanted}")
    return 0


def case_of(arguments: argparse.Namespace) -> CaseFile:
    """The case, in the form of ``tests/settled``.

    Raises:
        ValueError: the question cannot be understood, a path leads nowhere, or the answer says
            already what is held right.
    """
    question, words = _question(arguments.question)
    from detente.cli.ask import parser_of

    options = vars(parser_of(question).parse_args(words))
    wanted = dict(map(_pair, arguments.expect))
    answer, refusal = _answer(question, options)
    answered = {"refused": refusal} if refusal else {p: at(answer, p) for p in wanted}
    if not refusal and answered == wanted:
        raise ValueError(f"the answer says so already: {', '.join(arguments.expect)}")
    held = answer.get("register", {})
    return {
        "name": arguments.name
        or f"Reported: {' '.join(arguments.question)}: {', '.join(arguments.expect)}",
        "ask": {"question": question.name, **_parameters(question, options)},
        "expect": wanted,
        "because": arguments.because,
        "source": arguments.source,
        "answered": answered,
        "register": {key: str(held[key]) for key in REGISTER if held.get(key)},
    }


def _question(words: list[str]) -> tuple[Question, list[str]]:
    """The question that a command asks, whose name may be two words."""
    from detente.questions import NAMES, find

    # Two words first, since `owners` and `owners count` are both questions.
    for size in (2, 1):
        name = " ".join(words[:size])
        if name in NAMES:
            return find(name), words[size:]
    raise ValueError(
        f"{words[0]!r} is not a question of one answer: report one of {', '.join(sorted(NAMES))}"
    )


def _pair(text: str) -> tuple[str, str]:
    path, sign, value = text.partition("=")
    if not sign or not path:
        raise ValueError(f"--expect {text!r}: write PATH=VALUE, such as total.ad_valorem=0.25")
    return path, value


def _answer(question: Question, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The answer, or why the question was refused."""
    from detente.cli.shell import Shell, today

    try:
        ask = Shell(question.parameters, options, today, dashed=True)
        return dict(question.answer(ask)), ""
    except ValueError as error:
        return {}, str(error)


def at(answer: Any, path: str) -> str:
    """What stands under a path, as a case file writes it.

    Raises:
        ValueError: nothing stands there.
    """
    found = answer
    for number, step in enumerate(path.split(".")):
        try:
            found = found[int(step)] if isinstance(found, list) else found[step]
        except (KeyError, IndexError, TypeError, ValueError):
            known = found if isinstance(found, dict) else range(len(found or ()))
            where = ".".join(path.split(".")[:number]) or "the answer"
            raise ValueError(
                f"--expect {path}: {where} has no {step!r}, but {', '.join(map(str, known))}"
            ) from None
    return "null" if found is None else _word(found)


def _word(value: object) -> str:
    """A value as a case file writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parameters(question: Question, options: dict[str, Any]) -> dict[str, object]:
    """What was given, in the words of a case file; the day always, since today passes."""
    from detente.cli.shell import today
    from detente.questions.parameters import EVERYWHERE

    found: dict[str, object] = {}
    for each in question.parameters_in(EVERYWHERE):
        value = options.get(each.name)
        if each.name == "on":
            value = value or today()
        if value in (None, False, [], each.default):
            continue
        if each.name in PAIRED:
            value = dict(text.partition("=")[::2] for text in value)
        elif isinstance(value, list):
            value = [str(text) for text in value]
        else:
            value = _word(value)
        found[PLURAL.get(each.name, each.name)] = value
    return found
