"""The contents of the guide: every page once, under the section of its folder."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from detente.web.guide import SECTIONS, Guide, Page, _laid
from tests.served import Client


def test_every_page_of_the_guide_stands_under_its_section_and_opens(client: Client) -> None:
    page = client.get("/docs").text
    parts = re.split(r"<h2>([^<]+)</h2>", page[page.index("<main") : page.index("</main>")])[1:]
    found = {
        title: re.findall(r'href="/docs/([^"]+)">([^<]+)<', part)
        for title, part in zip(parts[::2], parts[1::2], strict=True)
    }
    assert [*found] == [words for _, words in SECTIONS]
    for folder, words in SECTIONS:
        assert len(found[words]) > 2
        assert {posixpath.dirname(name) for name, _ in found[words]} == {folder}
    every = [name for links in found.values() for name, _ in links]
    assert len(set(every)) == len(every) > 30
    for name, title in (links[0] for links in found.values()):
        assert f"{title}</h1>" in client.get(f"/docs/{name}").text


@pytest.fixture
def own(tmp_path: Path) -> Guide:
    """A guide of two pages and a picture."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "drawn.svg").write_text("<svg/>")
    (tmp_path / "first.md").write_text("# First\n")
    (tmp_path / "guides" / "second.md").write_text("# `Second` page\n")
    return Guide(SimpleNamespace(), (tmp_path / "nowhere", tmp_path))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](first.md)", '<a href="/docs/first">a</a>'),
        ("[a](first.md#its-end)", '<a href="/docs/first#its-end">a</a>'),
        ("[a](guides/second.md)", '<a href="/docs/guides/second">a</a>'),
        ("[a](gone.md)", "<a>a</a>"),
        ("[a](#here)", '<a href="#here">a</a>'),
        ("[a](/duty)", '<a href="/duty">a</a>'),
        ("[a](https://a.example/first.md)", '<a href="https://a.example/first.md">a</a>'),
        ("![a](drawn.svg)",
         '<a class="picture" href="/docs/drawn.svg"><img src="/docs/drawn.svg" alt="a"></a>'),
        ("`/duty?code=8507`", '<a href="/duty?code=8507"><code>/duty?code=8507</code></a>'),
        ("`detente <b>`", "<code>detente &lt;b&gt;</code>"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
    ],
)  # fmt: skip
def test_links_of_a_page_lead_to_pages_of_the_guide(own: Guide, text: str, html: str) -> None:
    assert own.html(Page("x", "X", text)) == f'<div class="intro"><p>{html}</p>\n</div>\n'


def test_links_start_from_the_folder_of_their_page(own: Guide) -> None:
    page = Page("guides/x", "X", "[a](second.md) [b](../first.md)")
    assert '<a href="/docs/guides/second">a</a> <a href="/docs/first">b</a>' in own.html(page)
    assert (own.pages["first"].title, own.pages["guides/second"].title) == ("First", "Second page")


def test_a_table_can_be_scrolled_and_its_numbers_stand_right(own: Guide) -> None:
    table = "| a | b |\n|---|--:|\n| c | 1 |\n"
    found = own.html(Page("x", "X", f"{table}\n{table}"))
    assert [f'aria-label="Table {number}"' in found for number in (1, 2, 3)] == [True, True, False]
    assert found.count('<td class="number">1</td>') == 2
    assert "style=" not in found
    assert found.count("</table></div>") == 2


@pytest.mark.parametrize(
    ("whole", "first", "opens"),
    [
        # More than 4,500 signs are folded; a first section of up to 3,000 stands open.
        (4500, 100, None),
        (4501, 100, True),
        (9000, 2000, True),
        (9000, 3500, False),
    ],
)
def test_a_long_page_is_folded_under_its_headings(
    own: Guide, whole: int, first: int, opens: bool | None
) -> None:
    head, second = "Begin.\n\n## One thing\n\n", "\n\n## Two, of `it`\n\n"
    text = f"{head}{'a' * first}{second}{'b' * (whole - first - len(head) - len(second))}"
    assert len(text) == whole
    found = own.html(Page("x", "X", text))
    assert found.startswith('<div class="intro"><p>Begin.</p>\n</div>\n')
    assert 'id="one-thing"' in found
    assert 'id="two-of-it"' in found
    assert found.count("<section>") == (2 if opens is None else 0)
    assert found.count('<details class="section"') == (0 if opens is None else 2)
    assert found.count('<details class="section" open>') == (1 if opens else 0)


@pytest.mark.parametrize("length", [2975, 2976])
def test_a_first_section_of_three_thousand_signs_stands_open(length: int) -> None:
    part = f"<h2>a</h2>\n<p>{'x' * (length + 7)}</p>"
    assert len(part) == length + 25
    found = "".join(_laid(["", part, "<h2>b</h2>\n"], folded=True))
    assert found.count(" open>") == (1 if length == 2975 else 0)
