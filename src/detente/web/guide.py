"""The guide: the pages of docs/ that belong to this version, made into HTML when asked for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from detente._shapes import NamedTuple
from detente.api.refusals import refuse
from detente.web.frame.filters import read_filters
from detente.web.frame.site import PLACES as LINKED
from detente.web.frame.site import Site

AnyRequest = Request[Any, Any, Any]

HERE = Path(__file__).parent
PLACES = (HERE.parent / "_docs", HERE.parents[2] / "docs")
"""Where the pages lie: in an installed package, and in a checkout."""

SECTIONS = (
    ("", "How it works"),
    ("tutorials", "First steps"),
    ("guides", "Guides"),
    ("adr", "Decisions"),
)
"""Folders of the pages, in the order of the contents, and what they are called."""

LONG = 4_500
"""Characters from which on the sections of a page are folded, each under its heading."""

SHORT = 3_000
"""Characters up to which the first section of a folded page stands open."""

IMAGES = {".svg": "image/svg+xml", ".png": "image/png"}
FIRST = sorted({place.path.split("/")[1] for place in LINKED} - {"v1"} | {"charts"})
ADDRESS = re.compile(rf"/(?!.*/[A-Z]{{3}})(?:(?:{'|'.join(FIRST)})(?:/[^\s…?]*)?)?(?:\?[^\s…]*)?")
"""An address of a page with all that it asks; one with a gap, such as CODE or …, is none."""

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Page(NamedTuple):
    """One page: its address below /docs/, its title and its text in Markdown."""

    name: str
    title: str
    text: str


class Guide:
    """The pages of the guide over a site."""

    def __init__(self, site: Site, places: Sequence[Path] = PLACES) -> None:
        self.site = site
        self._folder = next((place for place in places if place.is_dir()), None)
        # HTML within a page is shown as text, so that none can bring a script or a style along.
        self._markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
        self._markdown.add_render_rule("fence", _fence)
        self._markdown.add_render_rule("image", _image)
        self._markdown.add_render_rule("code_block", _fence)
        self._markdown.add_render_rule("code_inline", _code)
        self._markdown.add_render_rule("table_open", _table_open)
        self._markdown.add_render_rule("table_close", _table_close)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page by its address."""
        return {page.name: page for page in self._read()}

    def _read(self) -> Iterator[Page]:
        folder = self._folder
        for path in sorted(folder.rglob("*.md")) if folder is not None else ():
            assert folder is not None
            text = COMMENT.sub("", path.read_text("utf-8"))
            title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "")
            name = path.relative_to(folder).with_suffix("").as_posix()
            yield Page(name, title.replace("`", "") or name, text)

    def contents(self, request: AnyRequest) -> Response[bytes]:
        """What there is to read."""
        read_filters(request, ())
        sections = [
            (words, [page for page in self.pages.values() if posixpath.dirname(page.name) == at])
            for at, words in SECTIONS
        ]
        known = [section for section in sections if section[1]]
        return self.site.cached(
            request,
            "docs",
            lambda: self.site.renderer.page("guide.html", here="/docs", sections=known),
        )

    def page(self, request: AnyRequest, name: str) -> Response[bytes]:
        """One page, or a picture that a page shows."""
        read_filters(request, ())
        name = name.strip("/")
        picture = self._picture(name)
        if picture is not None:
            return self.site.cached(
                request, f"docs {name}", picture.read_bytes, IMAGES[picture.suffix]
            )
        page = self.pages.get(name.removesuffix(".md"))
        if page is None:
            raise refuse(404, f"The guide has no page {name}.", "path", "See /docs for its pages.")
        return self.site.cached(
            request,
            # With the text, as the guide is no part of the register by which pages are kept.
            f"docs {page.name} {page.text}",
            lambda: self.site.renderer.page(
                "guide_page.html",
                here="/docs",
                title=page.title,
                body=Markup(self.html(page)),
                at=page.name,
            ),
        )

    def _picture(self, name: str) -> Path | None:
        """A picture beside the pages; a name that leads out of their folder finds nothing."""
        if self._folder is None or Path(name).suffix not in IMAGES:
            return None
        path = (self._folder / name).resolve()
        inside = path.is_relative_to(self._folder.resolve())
        return path if inside and path.is_file() else None

    def html(self, page: Page) -> str:
        """The text of a page as HTML, its links leading to pages of the guide."""
        tokens = self._markdown.parse(page.text)
        for token in tokens:
            if "right" in str(token.attrs.pop("style", "")):
                token.attrs["class"] = "number"  # pages bear no style of their own
            for child in token.children or ():
                self._lead(child, page)
        _mark_headings(tokens)
        env: dict[str, Any] = {}
        parts = [
            str(self._markdown.renderer.render(part, self._markdown.options, env))
            for part in _sections(tokens)
        ]
        return "".join(_laid(parts, folded=len(page.text) > LONG))

    def _lead(self, token: Token, page: Page) -> None:
        """Point a link or a picture at its place on the server; drop a link that has none."""
        key = {"link_open": "href", "image": "src"}.get(token.type)
        if key is None:
            return
        target = str(token.attrs.get(key, ""))
        if re.match(r"[a-z]+:|#|/", target):
            return
        path, _, part = target.partition("#")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path))
        name = there.removesuffix(".md")
        if name in self.pages or self._picture(there) is not None:
            token.attrs[key] = f"/docs/{name}{'#' * bool(part)}{part}"
        else:
            del token.attrs[key]


def _mark_headings(tokens: Sequence[Token]) -> None:
    """Give each heading an id, so that a link can lead to it."""
    for before, inline in pairwise(tokens):
        if before.type == "heading_open":
            words = re.sub(r"[^\w\s-]", "", inline.content.lower())
            before.attrs["id"] = re.sub(r"\s+", "-", words.strip())


def _sections(tokens: Sequence[Token]) -> list[list[Token]]:
    """A page cut before each heading of the second level; what stands before the first is first."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            parts.append([])
        parts[-1].append(token)
    return parts


def _laid(parts: Sequence[str], folded: bool) -> Iterator[str]:
    """The parts of a page, each in a box of its own; folded ones open under their headings."""
    intro, *sections = parts
    yield f'<div class="intro">{intro}</div>\n'
    for number, part in enumerate(sections):
        heading, end, rest = part.partition("</h2>\n")
        if folded:
            opened = " open" if number == 0 and len(part) <= SHORT else ""
            summary = f"<summary>{heading}{end.strip()}</summary>"
            yield f'<details class="section"{opened}>{summary}\n{rest}</details>\n'
        else:
            yield f"<section>{part}</section>\n"


def _fence(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """A block of code that can be scrolled with the keyboard."""
    return f'<pre tabindex="0"><code>{Markup.escape(tokens[at].content)}</code></pre>\n'


def _image(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """A picture that opens alone, where it is larger."""
    token = tokens[at]
    words, source = Markup.escape(token.content), Markup.escape(str(token.attrs.get("src", "")))
    return f'<a class="picture" href="{source}"><img src="{source}" alt="{words}"></a>'


def _code(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """A word of code; the address of a page of this server is a link to it."""
    words = Markup.escape(tokens[at].content)
    code = f"<code>{words}</code>"
    return f'<a href="{words}">{code}</a>' if ADDRESS.fullmatch(tokens[at].content) else code


def _table_open(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    number = env["tables"] = env.get("tables", 0) + 1
    return f'<div class="scroll" role="region" aria-label="Table {number}" tabindex="0"><table>\n'


def _table_close(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def guide(made: Guide) -> list[HTTPRouteHandler]:
    """The routes of the guide."""

    @get("/docs", sync_to_thread=False)
    def get_contents(request: AnyRequest) -> Response[bytes]:
        return made.contents(request)

    @get("/docs/{name:path}", sync_to_thread=False)
    def get_page(request: AnyRequest) -> Response[bytes]:
        return made.page(request, str(request.path_params["name"]))

    return [get_contents, get_page]
