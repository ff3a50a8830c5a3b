"""Read the legal notes of chapter 99 of the Harmonized Tariff Schedule from their plain text.

The text is the printed schedule turned into lines. Four things stand between it and a list:

* every page repeats its furniture (title, revision, page number, "U.S. Notes (con.)"), and a row
  of a list can share a line with that furniture;
* subdivisions are lettered (a) ... (z), (aa) ..., and (i), (v), (x) are letters as well as Roman
  numbers: only the sequence that is running tells which is meant;
* lists are columns of codes, and on some pages two columns run into one another, so the order of
  codes carries no meaning while their presence does;
* codes have four forms, ``dddd``, ``dddd.dd``, ``dddd.dd.dd`` and ``dddd.dd.dddd``; each is kept as
  a string of digits, a prefix of the goods that it covers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FURNITURE = re.compile(
    r"Harmonized Tariff Schedule of the United States(?: Revision \d+)? \(\d{4}\)"
    r"|Annotated for Statistical Reporting Purposes"
    r"|^\s*U\.S\. Notes? \(con\.\)"
    r"|99 - [IVXL]+ - \d*\s*$"
    r"|(?:^|\s{8,})[XVI]+\s*$"
)
COMPILER_NOTE = re.compile(r"\[Compiler's note:.*?\]", re.DOTALL)
LIST_TITLE = re.compile(r"^\s*\([ivx]+\) [A-Z][A-Za-z ]+:")
CODE_FORM = r"\d{4}(?:\.\d{2}(?:\.\d{2}(?:\d{2})?)?)?"
CODE_ROW = re.compile(rf"^\s*{CODE_FORM}(?:\s+{CODE_FORM})*\s*$")
CODE_IN_PROSE = re.compile(r"(?<![\d.])\d{4}\.\d{2}(?:\.\d{2}(?:\d{2})?)?(?!\d|\.\d)")
NOTE_START = re.compile(r"^(\d{1,2})\.(?:\s+\(a\)|\s+[A-Z\[]|\s*$)")
LARGEST_GAP = 7  # repealed notes leave gaps; items inside a note that look like notes count from 1
MARKER = re.compile(r"^\s*(?:\d{1,3}\.\s+)?\(([a-z]{1,5}|I{1,4})\)")
ITEM = re.compile(r"^\s*(?:\((\d{1,3})\)|(\d{1,3})\.)\s+(.*)$")
ONES = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
ROMAN = tuple(tens + ones for tens in ("", "x", "xx") for ones in ONES)


class TextError(ValueError):
    """The text does not have the form that the reader relies on."""


@dataclass(frozen=True)
class Part:
    """A lettered subdivision: where it stands and which path of labels leads to it."""

    path: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Note:
    """One U.S. note: its cleaned lines and the subdivisions found in them."""

    number: int
    lines: tuple[str, ...]
    parts: tuple[Part, ...]

    def part(self, *path: str) -> list[str]:
        """Lines of a subdivision with all that stands below it.

        Args:
            path: labels from the outside in, e.g. ``("v", "iii", "a")``; none for the whole note.

        Raises:
            TextError: the note has no such subdivision, or more than one.
        """
        if not path:
            return list(self.lines)
        found = [part for part in self.parts if part.path == path]
        label = "".join(f"({step})" for step in path)
        if len(found) != 1:
            raise TextError(
                f"U.S. note {self.number}{label} stands {len(found)} times in the text; expected"
                " once. Check the edition, or the sequence of letters around it."
            )
        return list(self.lines[found[0].first : found[0].last])


def read_lines(path: Path) -> list[str]:
    """Lines of the text without page furniture; the row beside furniture is kept.

    The file holds Latin-1 bytes for dashes and soft hyphens.
    """
    return clean(path.read_bytes().decode("latin-1").splitlines())


def clean(lines: Sequence[str]) -> list[str]:
    """Drop page furniture; where a row shares its line with furniture, keep the row.

    A page break reads as one blank line only if the text around it had one already, so a
    paragraph that runs over the break does not look like a new one.
    """
    kept: list[str] = []
    pending_blank = False
    for line in lines:
        without = FURNITURE.sub(lambda match: " " * len(match.group()), line.replace("\xad", "-"))
        if without.strip():
            if pending_blank and kept:
                kept.append("")
            kept.append(without.rstrip())
            pending_blank = False
        elif not line.strip():
            pending_blank = True
    return kept


def notes(lines: Sequence[str], wanted: set[int]) -> dict[int, Note]:
    """Cut the U.S. notes of subchapter III out of cleaned lines.

    Args:
        lines: what :func:`read_lines` gives.
        wanted: numbers of the notes to cut.

    Raises:
        TextError: a wanted note is absent.
    """
    start = _subchapter_three(lines)
    starts: list[tuple[int, int]] = []
    number = 0
    for at in range(start, len(lines)):
        if lines[at].lstrip().startswith("Heading/"):
            starts.append((number + 1, at))
            break
        match = NOTE_START.match(lines[at])
        if match and number < int(match.group(1)) <= number + LARGEST_GAP and not lines[at - 1]:
            number = int(match.group(1))
            starts.append((number, at))
    bounds = {n: (at, starts[k + 1][1]) for k, (n, at) in enumerate(starts[:-1])}
    missing = sorted(wanted - bounds.keys())
    if missing:
        raise TextError(f"U.S. notes {missing} of subchapter III were not found in the text.")
    return {n: parse_note(n, lines[slice(*bounds[n])]) for n in sorted(wanted)}


def _subchapter_three(lines: Sequence[str]) -> int:
    for at, line in enumerate(lines):
        if line.strip() == "SUBCHAPTER III":
            return at
    raise TextError("The text has no line 'SUBCHAPTER III'.")


def parse_note(number: int, lines: Sequence[str]) -> Note:
    """Find the lettered subdivisions of a note by the sequences that are running."""
    markers = _markers(lines)
    stack: list[tuple[str, int]] = []
    labels: list[str] = []
    opened: list[tuple[tuple[str, ...], int]] = []
    for position, (at, label) in enumerate(markers):
        depth = _depth(stack, label, [text for _, text in markers[position + 1 :]])
        if depth is None:
            continue
        kind, index = depth[1], depth[2]
        del stack[depth[0] :], labels[depth[0] :]
        stack.append((kind, index))
        labels.append(label)
        opened.append((tuple(labels), at))
    parts = []
    for k, (path, first) in enumerate(opened):
        after = (at for other, at in opened[k + 1 :] if len(other) <= len(path))
        parts.append(Part(path, first, next(after, len(lines))))
    return Note(number, tuple(lines), tuple(parts))


def _markers(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Labels that open a paragraph, with their line; a line may open two: ``20. (vvv)  (i)``."""
    found: list[tuple[int, str]] = []
    for at, line in enumerate(lines):
        match = MARKER.match(line)
        opens = not at or not lines[at - 1] or line.startswith("(") or LIST_TITLE.match(line)
        if not match or not opens:
            continue
        found.append((at, _label(match.group(1))))
        second = MARKER.match(line[match.end() :])
        if second:
            found.append((at, _label(second.group(1))))
    return found


def _label(text: str) -> str:
    """Subdivision (ll) of note 20 is printed with capital letters I."""
    return text.replace("I", "l")


def _letter(label: str) -> int | None:
    """Place in a, b, ..., z, aa, bb, ..., zz, aaa, ...: letters are doubled, never mixed."""
    if len(set(label)) != 1:
        return None
    return (len(label) - 1) * 26 + ord(label[0]) - ord("a") + 1


def _roman(label: str) -> int | None:
    return ROMAN.index(label) + 1 if label in ROMAN else None


def _depth(
    stack: Sequence[tuple[str, int]], label: str, following: Sequence[str]
) -> tuple[int, str, int] | None:
    """Depth, kind and number of a label, or None if it is no subdivision here.

    A label continues the innermost running sequence that expects it. Otherwise ``a`` or ``i``
    opens a new sequence. Otherwise letters were skipped (subdivisions deleted), which is accepted
    of the outermost sequence only. ``(i)`` after ``(h)`` opens Roman numbers if ``(ii)`` comes
    before ``(j)``.
    """
    meanings = [
        (kind, index)
        for kind, index in (("letter", _letter(label)), ("roman", _roman(label)))
        if index is not None
    ]
    opens = next(((kind, 1) for kind, index in meanings if index == 1), None)
    for depth in range(len(stack) - 1, -1, -1):
        kind, running = stack[depth]
        if (kind, running + 1) in meanings:
            # (i) behind (h) is a letter where (j) comes before (ii), and else a Roman one.
            if opens and _comes_first(following, "ii", "j"):
                break
            return depth, kind, running + 1
    if opens:
        return len(stack), *opens
    if stack:
        kind, running = stack[0]
        skipped = [index for other, index in meanings if other == kind and index > running]
        if skipped:
            return 0, kind, skipped[0]
    return None


def _comes_first(labels: Sequence[str], one: str, other: str) -> bool:
    for label in labels:
        if label in (one, other):
            return label == one
    return False


def digits(code: str) -> str:
    """A printed code as a prefix of digits: ``8542.31.00`` gives ``85423100``."""
    return code.replace(".", "")


def codes_in_rows(lines: Sequence[str]) -> list[str]:
    """Codes of the rows of a table, as digits, in the order of the text.

    A row is a line made only of codes and blanks, once the title of a list that the page's two
    columns pushed into it is taken away.
    """
    found: list[str] = []
    for line in lines:
        row = LIST_TITLE.sub("", line)
        if CODE_ROW.match(row):
            found += [digits(code) for code in row.split()]
    return found


def codes_in_prose(lines: Sequence[str]) -> list[str]:
    """Codes named in running text, as digits, without headings of chapters 98 and 99."""
    text = COMPILER_NOTE.sub(" ", "\n".join(lines))
    found = [digits(code) for code in CODE_IN_PROSE.findall(text)]
    return [code for code in found if not code.startswith(("98", "99"))]


def items(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Numbered items, ``(1) text`` or ``1. text``, each with its whole text on one line.

    Items count up by one from 1; anything else that looks like an item belongs to the text of the
    item before it. An unnumbered paragraph that follows the items ends them.
    """
    found: list[tuple[int, list[str]]] = []
    open_item = False
    for line in lines:
        match = ITEM.match(line)
        # A number at the beginning of a line opens an item only where it is the next one.
        if match and int(match.group(1) or match.group(2)) == len(found) + 1:
            found.append((len(found) + 1, [match.group(3)]))
            open_item = True
        elif not line.strip():
            continue
        elif open_item and line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            open_item = False
    return [(number, " ".join(text).strip()) for number, text in found]
