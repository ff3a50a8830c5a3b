"""Build the guide as a site: the pages of docs/, and what is made from the code, into site/.

The sources of the site are put together in build/docs, so that what the code says (commands,
Python, API, what is not modelled) cannot fall behind it; Zensical then makes the site of
zensical.toml. No font and no script comes from another machine.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.api.document import document
from detente.api.service import Service
from detente.cli.main import COMMANDS, runner_of
from detente.goods.schedule import Schedule
from detente.questions import NAMES
from detente.questions.python import function as python_function
from detente.register.book import Register
from detente.register.model import OfGoods

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")

SAMPLE_DAY = "2026-10-10"
"""The day that examples mean where they name none: the site must not change with the calendar."""

FACES = (
    ("detente", ("Register", "Shipment", "assess")),
    ("detente.spark", ("batch",)),
)
"""What the Python page shows, by module."""


def assemble(target: Path) -> int:
    """Put the pages of the site together in a folder; returns how many there are."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "docs", target, ignore=shutil.ignore_patterns("*.tsv"))
    made = {
        "index.md": _start(),
        "reference/commands.md": _commands(),
        "reference/python.md": _python(),
        "reference/api.md": _api(),
        "reference/not-modelled.md": _not_modelled(),
        "reference/entry-facts.md": entry_facts(Register.built_in()),
    }
    for path, text in made.items():
        page = target / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    pages = sorted(target.rglob("*.md"))
    for page in pages:
        page.write_text(_inside(page, target), encoding="utf-8")
    return len(pages)


def _inside(page: Path, target: Path) -> str:
    """A page whose links lead inside the site: a file of the repository becomes its name."""

    def link(match: re.Match[str]) -> str:
        words, address = match[1], match[2].partition("#")[0]
        if "://" in address or not address or (page.parent / address).exists():
            return match[0]
        return f"{words} (`{(page.parent / address).resolve().name}`)"

    return _LINK.sub(link, page.read_text(encoding="utf-8"))


def _start() -> str:
    """The README, with its links seen from the guide."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.replace("](docs/", "](")


def _commands() -> str:
    parts = [
        "# Commands",
        "",
        "Every command with its options and examples, as `--help` prints it.",
    ]
    for name, what in COMMANDS.items():
        parts += ["", f"## {name}", "", f"{what[0].upper()}{what[1:]}.", ""]
        for words in (["--help"], *_below(name)):
            parts += ["```text", _help(name, words).rstrip(), "```", ""]
    return "\n".join(parts) + "\n"


def _below(name: str) -> Iterator[list[str]]:
    """The further words of a command that has some, each with its own help."""
    found = re.search(r"\{([\w,-]+)\}", _help(name, ["--help"]).partition("\n\n")[0])
    if found:
        for word in found[1].split(","):
            yield [word, "--help"]


def _help(name: str, words: list[str]) -> str:
    run = runner_of(name)
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.suppress(SystemExit):
        run(words)
    return text.getvalue()


def _python() -> str:
    parts = [
        "# Python",
        "",
        "The same answers without a shell. What is not named here is inside and may change.",
        "",
    ]
    for name in NAMES:
        function = python_function(name)
        call = f"detente.{name.replace(' ', '.')}"
        taken = ", ".join(map(str, inspect.signature(function).parameters.values()))
        parts += [f"## {call}", "", "```python", f"{call}({taken})", "```", ""]
        parts += [_as_list(inspect.getdoc(function) or ""), ""]
    for module, names in FACES:
        for name in names:
            parts += [f"::: {_home(module, name)}", ""]
    return "\n".join(parts)


def _as_list(doc: str) -> str:
    """A docstring as Markdown: its arguments as a list."""
    listed = re.sub(r"^    (\w+): ", r"- `\1`: ", doc, flags=re.MULTILINE)
    return listed.replace("Args:\n", "\n").replace("Returns:\n    ", "")


def _home(module: str, name: str) -> str:
    """Where a public name is written: the doc of the place, not of the door."""
    found = getattr(importlib.import_module(module), name)
    return f"{found.__module__}.{found.__qualname__}"


def _api() -> str:
    described = document(Service(Register.built_in(), Schedule(), lambda: SAMPLE_DAY))
    parts = ["# API", "", described["info"].get("description", ""), ""]
    for path, verbs in described["paths"].items():
        for verb, what in verbs.items():
            parts += [f"## {verb.upper()} {path}", "", what.get("summary", ""), ""]
            if what.get("description"):
                parts += [what["description"], ""]
            rows = what.get("parameters", [])
            if rows:
                parts += ["| parameter | in | what | example |", "|---|---|---|---|"]
                parts += [
                    f"| `{row['name']}` | {row['in']} | {row.get('description', '')} "
                    f"| {_example(row)} |"
                    for row in rows
                ]
                parts.append("")
    parts.append("The whole description is at `/v1/openapi.json` of a running server.")
    return "\n".join(parts) + "\n"


def _example(row: dict[str, Any]) -> str:
    value = row.get("example", row.get("schema", {}).get("example", ""))
    return f"`{value}`" if value != "" else ""


def _not_modelled() -> str:
    parts = [
        "# Not modelled",
        "",
        "What is missing, and why. What every answer leaves outside says so in each answer.",
        "",
        "| what | why | headings |",
        "|---|---|---|",
    ]
    for gap in Register.built_in().gaps:
        parts.append(f"| {gap.what} | {gap.why} | {', '.join(gap.headings)} |")
    return "\n".join(parts) + "\n"


ASKED_WHEN = {
    "named": "where the law names the goods",
    "total": "where the law names the goods and the total hangs on it",
    "origin": "where the law names the origin and the total hangs on it",
    "always": "where the total hangs on it",
    "never": "not asked; shown among what did not apply",
    "silent": "not asked",
}
"""How an entry fact is raised, in words."""


def entry_facts(register: Register) -> str:
    """The facts that a duty reads: what holds unless they are given, and when an answer asks."""
    provisions = [
        provision
        for name in register.names()
        for provision in register.measure(name).provisions
        if register.measure(name).area.endswith("/tariff")
    ]
    read = {test.fact for provision in provisions for test in provision.when}
    read |= {register.bases[name].fact for provision in provisions for name in provision.base} - {
        ""
    }
    rows = ["| fact | unless it is given | asked | why the default may stand |"]
    rows.append("|---|---|---|---|")
    for key in sorted(read):
        fact = register.facts[key]
        default = _written(fact.default)
        goods = [_of_goods(register, each) for each in fact.goods]
        asked = "; ".join([*goods, f"{'else ' if goods else ''}{ASKED_WHEN[fact.raised]}"])
        if fact.beside:
            asked = f"beside {fact.beside[0]} {', '.join(fact.beside[1:])}; else {asked}"
        rows.append(f"| `{key}`: {fact.ask} | {default} | {asked} | {fact.because} |")
    table = "\n".join(rows)
    return f"""# Entry facts

What an entry can say beyond its code, origin and day, of everything that a duty reads. An answer
that asks is `open` and shows the total at both ends. A fact that any entry may have, and that
nothing about the goods suggests, is not asked; the last column says why its default may stand.

{table}
"""


def _written(value: str | bool | None) -> str:
    """A value as the register writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "unknown" if value is None else value


def _of_goods(register: Register, each: OfGoods) -> str:
    title = register.lists[each.list].title
    value = _written(each.value)
    if each.state == "asked":
        return f"asked of: {title}"
    words = "stated by the code" if each.state == "states" else "likely, and asked"
    return f"{value} for: {title} ({words})"


def main() -> int:
    """Assemble the pages and build the site; a link that leads nowhere fails it."""
    print(f"{assemble(ROOT / 'build' / 'docs')} pages")
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean", "--strict"], cwd=ROOT, check=False
    )
    return built.returncode


if __name__ == "__main__":
    sys.exit(main())
