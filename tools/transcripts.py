"""Commands with all that they print: `python tools/transcripts.py [NAME…]` writes it anew.

A file of tests/transcripts holds commands behind `$`, each with what it printed and, where that is
not 0, how it ended. They run one after the other in a folder of their own that holds the files of
tests/transcripts/files and the examples. Beside `detente` there are `cat FILE` for what one wrote,
`GET`, `POST` and `FORM` (fields of a form, a file of the folder as `@NAME`) for what a server of
pages answers, a part of it behind `#`: of JSON its keys, of a page the elements of a name or (after
a dot) of a class, `tool` for what an assistant is given (without arguments: how it is declared),
and `job` for what is worked on in the background.
Write a command behind `$`, run this program, and read what it wrote as you would read code: from
then on every sign of it is compared.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from functools import cache, partial, reduce
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

if TYPE_CHECKING:
    from httpx import Response
    from litestar.testing import TestClient

    from detente.assistant.server import Server

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "transcripts"
TODAY = "2026-08-01"
"""The day that is meant where a command names none."""

HIDDEN = (
    (re.compile(r"(?<![.\w])(?:[0-9a-f]{64}|[0-9a-f]{16}|[0-9a-f]{12})\b"), "<hash>"),
    (re.compile(r"\bdetente-\d\S*"), "<version>"),
    (re.compile(r"/static/[^/\s\"]+/"), "/static/<version>/"),
    (
        re.compile(r"steps,\s+\S+\s+s,\s+largest\s+residual\s+[\d.e-]+"),
        "steps, <seconds>, <residual>",
    ),
    (re.compile(r"(?<=\d  )\d{4}-\d\d-\d\dT[\d:]{8}(?=  )"), "<moment>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(?:T[\d:]{8}\.\d{3}\+00:00| [\d:]{8} UTC)"), "<moment>"),
)
"""What changes with every build or run, and what stands in its place."""


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a transcript, and what it printed."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed.rstrip("\n")


@contextmanager
def place() -> Iterator[Path]:
    """A folder that commands run in, on a day that stays the same."""
    with tempfile.TemporaryDirectory(prefix="transcript-") as named:
        folder = Path(named)
        shutil.copytree(FOLDER / "files", folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "examples", folder / "examples")
        settings = {"DETENTE_HOME": str(folder / "home"), "COLUMNS": "100", "NO_COLOR": "1"}
        with ExitStack() as stack:
            stack.enter_context(chdir(folder))
            stack.enter_context(patch.dict(os.environ, settings))
            for module in _clocks():
                stack.enter_context(patch(f"{module}.today", lambda: TODAY))
            yield folder


@cache
def _clocks() -> tuple[str, ...]:
    """The modules of commands that have a name for the one clock of the product."""
    source = ROOT / "src"
    return tuple(
        ".".join(path.relative_to(source).with_suffix("").parts)
        for path in sorted((source / "detente" / "cli").rglob("*.py"))
        if re.search(r"^(?:from detente\.cli\.shell import .*\btoday$|def today\b)",
                     path.read_text("utf-8"), re.MULTILINE)
    )  # fmt: skip


def run(command: str, folder: Path) -> str:
    """What a command of a transcript prints."""
    program, *words = shlex.split(command)
    if program not in PROGRAMS:
        raise ValueError(f"{command}: a transcript holds {', '.join(PROGRAMS)} alone")
    return PROGRAMS[program](words, folder)


def _printed(words: list[str], folder: Path) -> str:
    from detente.cli.main import main

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(out), redirect_stderr(out):
        try:
            code: object = main(words)
        except SystemExit as ended:
            code = ended.code
    out.flush()
    printed = out.buffer.getvalue().decode("utf-8")
    return _shown(printed, folder) + (f"\n[exit {code}]" if code else "")


def _kept(words: list[str], folder: Path) -> str:
    path = folder / words[0]
    return _shown(path.read_text("utf-8"), folder) if path.exists() else "(not written)"


@cache
def _client() -> TestClient[Any]:
    from litestar.testing import TestClient

    from detente.api.service import Service
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.web.app import create_app

    client = TestClient(create_app(Service(Register.built_in(), Schedule(), lambda: TODAY)))
    client.follow_redirects = True
    return client


def _served(method: str, words: list[str], folder: Path) -> str:
    """Status, kind and body of an answer; of a page what stands in its main part."""
    address, *body = words
    path, _, part = address.partition("#")
    sent: Any = json.loads(body[0]) if body else None
    if method == "FORM":
        files = {name: text[1:] for name, text in sent.items() if text.startswith("@")}
        answer = _client().post(
            path,
            data={name: text for name, text in sent.items() if name not in files},
            files={name: (at, (folder / at).read_bytes()) for name, at in files.items()} or None,
        )
    else:
        answer = _client().request(method, path, json=sent)
    head = ("content-type", "content-disposition", "location", "allow", "retry-after",
            "cache-control")  # fmt: skip
    named = [f"{name}: {answer.headers[name]}" for name in head if name in answer.headers]
    return _shown("\n".join([str(answer.status_code), *named, _body(answer, part)]), folder)


def _body(answer: Response, part: str) -> str:
    if answer.headers.get("content-type") == "image/png":
        width, height = (int.from_bytes(answer.content[at : at + 4]) for at in (16, 20))
        return f"({width} by {height} points)"
    text = answer.text
    if text.startswith(("{", "[")):
        found = reduce(_part, filter(None, part.split("|")), answer.json())
        return json.dumps(found, indent=1, ensure_ascii=False)
    if part:
        return "\n".join(_elements(text, part))
    page = re.search(r"<main.*</main>", text, re.DOTALL)
    return page[0] if page else text


def _part(found: Any, key: str) -> Any:
    return found[int(key) if isinstance(found, list) else key]


def _elements(page: str, name: str) -> Iterator[str]:
    """The elements of a page that are called so, or of a class where a dot stands before it."""
    kind = rf'[^>]*\bclass="(?:[^"]* )?{name[1:]}[ "]' if name.startswith(".") else ""
    for begun in re.finditer(rf"<(\w+){kind}" if kind else rf"<({name})\b", page):
        deep = 0
        for tag in re.finditer(rf"<(/?){begun[1]}\b[^>]*>", page[begun.start() :]):
            deep += -1 if tag[1] else 1
            if not deep:
                yield page[begun.start() : begun.start() + tag.end()]
                break


def _given(words: list[str], folder: Path) -> str:
    """What a tool gives an assistant, or what it says is wrong."""
    from mcp.server.mcpserver.exceptions import ToolError

    name, *arguments = words
    if not arguments:
        tools = asyncio.run(_assistant().list_tools())
        declared = next(each for each in tools if each.name == name)
        return _shown(declared.model_dump_json(indent=1, exclude_none=True), folder)
    try:
        answer = asyncio.run(_assistant().call_tool(name, json.loads(arguments[0])))
    except ToolError as error:
        return _shown(f"error: {error}", folder)
    content = getattr(answer, "structured_content", None)
    return _shown(json.dumps(content, indent=1, ensure_ascii=False), folder)


@cache
def _assistant() -> Server:
    from detente.assistant.server import make_server
    from detente.assistant.tools import Tools
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

    return make_server(Tools(Register.built_in(), Schedule(), lambda: TODAY))


def _worked(words: list[str], folder: Path) -> str:
    """The steps of a job, the files that it writes and its summary."""
    from detente.store.jobs.budget import Budget
    from detente.store.jobs.state import Job, read_state, write_state
    from detente.store.jobs.work import Work
    from detente.web.waiting.background import KINDS

    kind, source, options = words
    at = folder / f"job-{kind}"
    at.mkdir()
    shutil.copy(folder / source, at)
    write_state(at, Job("job", kind, Path(source).name, source, json.loads(options)))
    lines = []

    class Told(Work):
        def progress(self, done: int, total: int, doing: str) -> None:
            lines.append(f"{done} of {total}: {doing}")
            super().progress(done, total, doing)

    module, _, function = KINDS[kind].run.partition(":")
    getattr(import_module(module), function)(Told(at, Budget()))
    lines += sorted(f"wrote {each.relative_to(folder)}" for each in (at / "files").iterdir())
    summary = at / "summary.json"
    lines.append(f"{read_state(at).state} {read_state(at).message}")
    if summary.exists():
        lines.append(json.dumps(json.loads(summary.read_text()), indent=1, ensure_ascii=False))
    return _shown("\n".join(lines), folder)


PROGRAMS: dict[str, Callable[[list[str], Path], str]] = {
    "detente": _printed,
    "cat": _kept,
    "GET": partial(_served, "GET"),
    "POST": partial(_served, "POST"),
    "FORM": partial(_served, "FORM"),
    "tool": _given,
    "job": _worked,
}


def _shown(text: str, folder: Path) -> str:
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    text = text.replace(str(folder), "<folder>").replace("\r\n", "\n")
    # A line that begins as a command does would be read as one.
    return re.sub(r"^\$ ", r" $ ", text, flags=re.MULTILINE).strip("\n")


def transcript(text: str, folder: Path) -> str:
    """The commands of a transcript with what they print now."""
    head = text.partition("$ ")[0]
    return head + "\n\n".join(
        f"$ {command}\n{run(command, folder)}" for command, _ in commands(text)
    ) + "\n"  # fmt: skip


def main(names: list[str]) -> int:
    """Write the transcripts that are named, or all."""
    for path in sorted(FOLDER.glob("*.txt")):
        if names and path.stem not in names:
            continue
        with place() as folder:
            found = transcript(path.read_text("utf-8"), folder)
        if found != path.read_text("utf-8"):
            path.write_text(found, encoding="utf-8")
            print(f"{path.relative_to(ROOT)} is written anew")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
