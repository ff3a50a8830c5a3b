"""Templates and static files, read once when a server is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from detente._shapes import NamedTuple
from detente.core.figures import dollars, percent, without_stop
from detente.parties.lists.keys import key_of_name
from detente.web.frame.words import of_form, prose, sentence

HERE = Path(__file__).parents[1]
TYPES = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".js": "text/javascript",
}


class StaticFile(NamedTuple):
    """A file beside the pages: its bytes and its media type."""

    body: bytes
    media: str


MOST_CACHED = 1024
"""Controls of forms that are kept as they were drawn."""

MACROS = {
    "_box.html": "box",
    "_control.html": "control",
    "_embed.html": "frame",
    "_some.html": "some",
}
"""What every template can draw, by the file in which it is written."""


class Renderer:
    """Makes pages of templates.

    Attributes:
        static: files by the address under which pages ask for them; it holds a hash of the file,
            so that a browser may keep it for good.
        state: a hash over templates and files: with another, a page has other bytes.
    """

    def __init__(self, **common: Any) -> None:
        """Read the templates.

        Args:
            common: what every template can name.
        """
        self.static: dict[str, StaticFile] = {}
        addresses = {}
        for file in sorted((HERE / "static").iterdir()):
            body = file.read_bytes()
            # By content, so that browsers may keep it for good and still never show an old one.
            at = f"/static/{sha256(body).hexdigest()[:12]}/{file.name}"
            self.static[at] = StaticFile(body, TYPES[file.suffix])
            addresses[file.name] = at
        templates = sorted((HERE / "templates").iterdir())
        whole = "\0".join([*addresses.values(), *(each.read_text("utf-8") for each in templates)])
        self.state = sha256(whole.encode()).hexdigest()[:12]
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            # A name that no page gives is an error, and not an empty place.
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["zip_words"] = _zip_words
        self._environment.filters["sentence"] = sentence
        self._environment.filters["without_stop"] = without_stop
        self._environment.filters["prose"] = prose
        self._environment.filters["of_form"] = of_form
        self._environment.filters["party_key"] = _party_key
        self._environment.filters["dollars"] = dollars
        self._environment.filters["percent"] = percent
        self._environment.globals.update(common, static=addresses)
        # Known to every template: one that asks for a macro by name asks again for each page.
        for name, macro in MACROS.items():
            made = self._environment.get_template(name).module
            self._environment.globals[macro] = getattr(made, macro)
        # Most controls of a form are those of the form before.
        control: Any = self._environment.globals["control"]
        self._environment.globals["control"] = lru_cache(maxsize=MOST_CACHED)(control)

    def page(self, template: str, **context: Any) -> bytes:
        """A page in UTF-8."""
        return self._environment.get_template(template).render(context).encode()

    def part(self, template: str, **context: Any) -> str:
        """A part of a page, to be kept and put into many."""
        return self._environment.get_template(template).render(context)


def _party_key(row: Mapping[str, str]) -> str:
    """The key of a listed party by its row: a name may be that of several."""
    return row.get("key") or key_of_name(row["list"], row["entry"])


def _zip_words(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names as the options of a choice: each with its words."""
    return [(name, name.replace("_", " ")) for name in names]
