"""What a file of lists lacks of what was held before: such that it cannot be whole, or is older.

A download that breaks off between two rows reads like a shorter list, and whoever stood in its end
would be told as removed. Lists lose parties, but never so many at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted
from detente.parties.lists.keys import key_of
from detente.parties.lists.versions import Counting, Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.parties.lists.model import ListedEntry

SHRINKS = 0.9
"""Share of the entries before that a file must have at least."""


MANY = 20
"""Entries of a country of which a list cannot lose a tenth at once without a sign of damage."""


class LossError(ValueError):
    """A file lacks what was held before."""

    def __init__(self, losses: Iterable[str]) -> None:
        stated = "; ".join(losses)
        super().__init__(
            f"{stated}. If the file is right, take it with `detente lists import --fewer` "
            "(--dry-run --fewer tells who would go)"
        )


class OlderError(ValueError):
    """A file is of an earlier day than a version that is held."""

    def __init__(self, older: Iterable[str]) -> None:
        stated = "; ".join(older)
        super().__init__(
            f"{stated}. What is held stays and counts. If the file is wanted for the days before, "
            "take it with `detente lists import --older`"
        )


def older(codes: Iterable[str], newest: Mapping[str, Counting], day: str) -> Iterator[str]:
    """The lists of a file of which a later version is held, in sentences.

    Args:
        codes: the lists of the file.
        newest: what counts of each list now.
        day: of the file, ISO.
    """
    by_day: dict[str, list[str]] = {}
    for code in codes:
        if code in newest and newest[code].day > day:
            by_day.setdefault(newest[code].day, []).append(code)
    for held, lists in sorted(by_day.items()):
        verb = "is" if len(lists) == 1 else "are"
        yield f"the file is of {day}, and {', '.join(lists)} of {held} {verb} held"


def shrunk(
    lists: Mapping[str, Collection[ListedEntry]],
    before: Mapping[str, Counting],
    day: str,
    source: str,
    named: Callable[[Sequence[Version]], set[str]],
) -> Iterator[str]:
    """The lists of which a file has too few entries to be whole, or not those of its name.

    Args:
        lists: entries of each list in the file.
        before: what counts of each list for the day of the file.
        day: of the file, ISO.
        source: its name.
        named: the parties of some versions, by name: two sources of one day may have the same.
    """
    for code, entries in lists.items():
        found = before.get(code)
        # What is held from a later day on says nothing of this one, and a later version of a list
        # with days goes on counting.
        if found is None or found.is_later or found.day > day:
            continue
        beside = [each for each in found.versions if _stays(each, day, source)]
        held, size = found.versions[0].entries, len(entries)
        if len(found.versions) > 1:
            held = len(named(found.versions))
            size = len({key_of(each) for each in entries} | named(beside))
        elif beside:
            size += held
        # One that is read again, or put right, has these; `list.csv` of another folder has not.
        replaced = [each for each in found.versions if is_replaced(each, day, source)]
        gone = named(replaced) - {key_of(each) for each in entries} if replaced else set()
        if size < SHRINKS * held:
            told = counted(size, "entry", "entries")
            yield f"{code} has {told} where it had {held}: more than a tenth fewer"
        elif gone:
            told = counted(len(gone), "party", "parties")
            yield (
                f"{code}: {told} of the {source} that was read for {day} before not in this one, "
                "which would take its place (under another file name both count)"
            )


def thinned(code: str, old: Iterable[ListedEntry], new: Iterable[ListedEntry]) -> Iterator[str]:
    """The countries of which a list has far fewer entries than before, in sentences.

    A table that prints a country once, before its rows, may break such that the total stays.

    Args:
        code: short name of the list.
        old: its entries that count for the day of the file.
        new: those of the file.
    """
    was, now = (Counter(place for entry in each for place in entry.countries)
                for each in (old, new))  # fmt: skip
    for place, held in sorted(was.items()):
        if held >= MANY and now[place] < SHRINKS * held:
            entries = counted(now[place], "entry", "entries")
            yield f"{code} has {entries} of {place} where it had {held}: more than a tenth fewer"


def is_replaced(version: Version, day: str, source: str) -> bool:
    """Whether a file of a day and name takes the place of a version."""
    return version.day == day and version.source == source and not version.built_in


def _stays(version: Version, day: str, source: str) -> bool:
    """Whether a version counts on beside a file of a day."""
    return version.day == day and version.source != source and not version.built_in


def missing(sizes: Mapping[str, int], versions: Iterable[Version], source: str) -> Iterator[str]:
    """The lists that were in a file of this name before and no longer are, in sentences."""
    newest: dict[str, Version] = {}
    for each in sorted(versions, key=lambda version: version.day):
        newest[each.list] = each
    for code, version in newest.items():
        if code not in sizes and version.source == source and version.entries:
            entries = counted(version.entries, "entry", "entries")
            yield f"{code} is not in it, of which it had {entries} for {version.day}"


def absent(
    kinds: Iterable[Sequence[str]],
    codes: Collection[str],
    before: Mapping[str, Counting],
    told: Iterable[str],
) -> Iterator[str]:
    """The lists that a file lacks and others of its kind have, as a sentence.

    Args:
        kinds: lists that a file of this kind has; only one of several lists tells anything.
        codes: the lists of the file.
        before: what counts of each list for the day of the file.
        told: what was told of a missing list before.
    """
    said = {line.partition(" ")[0] for line in told}
    for kind in kinds:
        lacking = [
            f"{code} ({f'of {before[code].day} is held' if code in before else 'none is held'})"
            for code in kind
            if len(kind) > 1 and code not in codes and code not in said
        ]
        if lacking:
            yield (
                f"not in the file, though files of its kind have them: {', '.join(lacking)}; what "
                "is held of these counts as before"
            )
