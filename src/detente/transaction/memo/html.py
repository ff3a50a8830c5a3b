"""A memo as one HTML file: no script, nothing loaded from elsewhere, fit for print and readers."""

from __future__ import annotations

from html import escape

from detente._shapes import TYPE_CHECKING
from detente.transaction.memo.blocks import (
    BLANK,
    SEAL,
    Links,
    Memo,
    MemoHeading,
    MemoParagraph,
    MemoTable,
    Points,
    Preformatted,
)

if TYPE_CHECKING:
    from detente.transaction.memo.blocks import Block

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --link: #0b4ea2; --line: #767676; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --ink: #e8e8e8; --link: #8ab4f8; --line: #8a8a8a; }
}
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
body { background: var(--paper); color: var(--ink); } a { color: var(--link); }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1.05rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; text-align: left; }
th, td { vertical-align: top; } th[scope="row"] { white-space: nowrap; }
.pair th[scope="row"] { white-space: normal; min-width: 9rem; }
.pair td { overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.wide { overflow-x: auto; } small { display: block; }
li, p { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
@media print {
  :root { --paper: #fff; --ink: #000; --link: #000; }
  body { max-width: none; margin: 0; font-size: 10pt; } tr, li { break-inside: avoid; }
  h2, h3 { break-after: avoid; } .wide { overflow: visible; }
  th[scope="row"] { white-space: normal; }
  a[href]::after { content: " <" attr(href) ">"; font-size: 8pt; }
}
"""

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may load for a memo: its own style, and nothing else."""


def as_html(memo: Memo) -> str:
    """The document as HTML, with the blank in the place of its hash."""
    body = "\n".join(map(_block, memo.blocks))
    title = escape(memo.title)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
<footer>
<p>{SEAL}<code>{BLANK}</code></p>
</footer>
</body>
</html>
"""


def _block(block: Block) -> str:
    if isinstance(block, MemoHeading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, MemoParagraph):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, Points):
        rows = "\n".join(
            f"<li>{escape(text)}{f'<small>{escape(small)}</small>' if small else ''}</li>"
            for text, small in block.rows
        )
        return f"<ul>\n{rows}\n</ul>"
    if isinstance(block, MemoTable):
        return _sheet(block)
    if isinstance(block, Links):
        return "<ul>\n" + "\n".join(f"<li>{_link(*row)}</li>" for row in block.rows) + "\n</ul>"
    if isinstance(block, Preformatted):
        return f"<pre>{escape(block.text)}</pre>"
    raise TypeError(block)


def _sheet(sheet: MemoTable) -> str:
    head = "".join(
        f'<th scope="col"{_mark(number, sheet)}>{escape(cell)}</th>' if cell else "<td></td>"
        for number, cell in enumerate(sheet.head)
    )
    rows = "\n".join(
        "<tr>"
        + f'<th scope="row">{escape(row[0])}</th>'
        + "".join(
            f"<td{_mark(number, sheet)}>{escape(cell)}</td>"
            for number, cell in enumerate(row[1:], 1)
        )
        + "</tr>"
        for row in sheet.rows
    )
    kind = ' class="pair"' if len(sheet.head) == 2 else ""
    name = escape(sheet.caption)
    return (
        f'<div class="wide" role="region" aria-label="{name}" tabindex="0"><table{kind}>\n'
        f"<caption>{name}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _mark(number: int, sheet: MemoTable) -> str:
    return ' class="number"' if number in sheet.numbers else ""


def _link(citation: str, title: str, address: str) -> str:
    words = f"{escape(citation)}{f': {escape(title)}' if title else ''}"
    return f'<a href="{escape(address)}">{words}</a>' if address else words
