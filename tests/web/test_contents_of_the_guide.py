"""The contents of the guide: every page once, under the section of its folder."""

from __future__ import annotations

import posixpath
import re

from detente.web.guide import SECTIONS
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
