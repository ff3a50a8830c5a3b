"""The Commerce Control List as law: the entry of one item as items, provisions and what is open.

The list is a table of one day. For the item of a question its entry becomes what a register would
hold of it: an item for the entry, for each paragraph that a control names, and for each condition
in words; a provision for each control, with the destinations that the Country Chart marks; and, as
parts of the law that were not read, the destinations for which a control in words was not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.control_list import LEFT_OUT, WHOLE, ControlEntry, ControlList, EntryControl
from detente.controls.items import ItemError, is_code, normal
from detente.register.control_terms import ControlItem, UnreadControl

if TYPE_CHECKING:
    from detente.register.control_terms import ControlTerms
    from detente.register.model import EffectivePeriod, Measure, Provision

LENGTH = 5
"""Places of the number of an entry; what follows is the paragraph."""

SHOWN = 110
"""Letters of a paragraph that a title shows."""

HONG_KONG = {"CN": "HK"}
"""Destinations that a row stands for beside its own, by the law that counts them so."""

REASONS = {
    "NS": "national security",
    "MT": "missile technology",
    "NP": "nuclear nonproliferation",
    "CB": "chemical and biological weapons",
    "CC": "crime control",
    "RS": "regional stability",
    "AT": "antiterrorism",
    "UN": "embargoes of the United Nations",
    "FC": "firearms convention",
    "EI": "encryption items",
    "SI": "significant items",
    "SL": "surreptitious listening",
    "CW": "chemical weapons convention",
    "SS": "short supply",
    "sanctions": "sanctions on Russia and Belarus",
}


_MENTIONED = re.compile(
    r"(?<![\w.])(?:\.([a-z](?:\.\d+)*)(?![a-z])|([a-z](?:\.\d+)+)|([a-z])(?=,| \(| and | or ))"
)
"""A paragraph named in words: ``.b.2``, ``b.4``, or a letter alone in a list of such."""

_FOREIGN = re.compile(r"\b\d[A-E]\d{3}")


class ListedItem(NamedTuple):
    """An entry of the list as law.

    Attributes:
        item: the item asked about, as the list writes it.
        items: what goods may be under that name.
        provisions: the controls, for the measure under which they stand.
        unread: destinations for which a control was not read.
        held: items with the first day from which every control on them is held.
    """

    item: str
    items: tuple[ControlItem, ...]
    provisions: tuple[Provision, ...]
    unread: tuple[UnreadControl, ...]
    held: tuple[tuple[str, str], ...]


def listed(
    control_list: ControlList,
    text: str,
    base: Measure,
    countries: Iterable[str],
    known: Mapping[str, ControlItem],
) -> ListedItem | None:
    """The entry of an item; None where the list has none.

    Args:
        control_list: the list.
        text: a control number, with its paragraph or without.
        base: the measure under which the controls stand; its first provision gives them their days.
        countries: every country that may be asked about.
        known: the items that the register itself holds.

    Raises:
        ItemError: the entry has no such paragraph.
    """
    item = normal(text)
    if not is_code(item):
        return None
    entry = control_list.entry(item[:LENGTH])
    if entry is None:
        return None
    return _Reading(control_list, entry, item, base, tuple(countries), known).listed()


def lines_on(control_list: ControlList, item: str) -> list[EntryControl]:
    """The controls of an entry that may reach one of its paragraphs; all for the entry itself.

    Words that leave out other paragraphs than the one asked about say nothing of it, and fall away.
    """
    paragraph = item[LENGTH + 1 :]
    found = []
    for line in control_list.lines(item[:LENGTH]):
        if not bears(line, paragraph):
            continue
        if paragraph and line.words and not _speak_of(line.words, paragraph):
            if not line.words.startswith(LEFT_OUT):
                continue
            # It leaves out other paragraphs, so on this one the line stands without a condition.
            line = line._replace(words="")
        found.append(line)
    return found


def destinations_of(
    line: EntryControl, control_list: ControlList, countries: Iterable[str]
) -> list[str]:
    """The destinations to which a control reaches: by its column of the chart, or spelled out.

    Args:
        line: a control of an entry.
        control_list: the list, with its chart.
        countries: every country that is asked about, of which "all" takes.
    """
    if line.column:
        return [each.country for each in control_list.destinations() if line.column in each.marks]
    return _spelled_out(line.to, countries)


def _spelled_out(places: str, countries: Iterable[str]) -> list[str]:
    """Countries in words of the list: some, or ``all but`` some."""
    if not places.startswith("all"):
        return places.split()
    less = set(places.split()[2:])
    return [each for each in countries if each not in less]


def _speak_of(words: str, paragraph: str) -> bool:
    """Whether a condition in words may bear on a paragraph: it names none, or one near it.

    Where it names another entry, the paragraphs may be that one's: then it may bear on any.
    """
    if _FOREIGN.search(words) and not words.startswith(LEFT_OUT):
        return True
    named = [next(filter(None, each)) for each in _MENTIONED.findall(words)]
    return not named or any(_near(each, paragraph) or _near(paragraph, each) for each in named)


def offered_to_others(eccn: str, text: str, paragraph: str) -> bool:
    """Whether an exception is offered by a list of paragraphs, and the one asked about is none.

    A text with a range of paragraphs, or that does not begin with what it offers, settles nothing.
    """
    offers = text.startswith("Yes") and not text.startswith("Yes, except")
    if not paragraph or not offers or " to " in text or "through" in text:
        return False
    # The entry's own paragraphs lose its number, so that one that is left is another entry's.
    plain = text.replace(f"{eccn}.", " .")
    named = [next(filter(None, each)) for each in _MENTIONED.findall(plain)]
    foreign = _FOREIGN.search(plain)
    return (
        bool(named)
        and not foreign
        and not any(_near(each, paragraph) or _near(paragraph, each) for each in named)
    )


def bears(line: EntryControl, paragraph: str) -> bool:
    """Whether a control may reach a paragraph."""
    return not paragraph or any(
        word == WHOLE or _near(word, paragraph) or _near(paragraph, word)
        for word in line.applies.split()
    )


class _Reading:
    """One entry, read for one item of it."""

    def __init__(
        self,
        control_list: ControlList,
        entry: ControlEntry,
        item: str,
        base: Measure,
        countries: tuple[str, ...],
        known: Mapping[str, ControlItem],
    ) -> None:
        self._list = control_list
        self._entry = entry
        self._item = item
        self._base = base
        self._countries = countries
        self._known = known
        self._paragraph = item[LENGTH + 1 :]
        self._texts = control_list.texts(entry.eccn)
        self._lines = lines_on(control_list, item)

    def listed(self) -> ListedItem:
        self._check()
        described = self._described()
        items = [*self._nodes(), *described.values()]
        within: dict[str, list[str]] = {}
        for (parent, _), child in described.items():
            within.setdefault(parent, []).append(child.name)
        items = [each._replace(has=(*each.has, *within.get(each.name, ()))) for each in items]
        provisions = []
        for number, line in enumerate(self._lines):
            provision = self._provision(number, line, described)
            if provision is not None:
                provisions.append(provision)
        held = tuple((name, self._list.day) for name in self._held(items))
        return ListedItem(self._item, tuple(items), tuple(provisions), tuple(self._unread()), held)

    def _held(self, items: Iterable[ControlItem]) -> Iterator[str]:
        """The items of which the table says all: those that a control reaches, or the whole entry.

        A paragraph that no control reaches, not even that of antiterrorism, stands under another
        department, or was lost in the table: it is not held.
        """
        if self._entry.jurisdiction:
            return
        whole = any(line.applies == WHOLE and not line.words for line in self._lines)
        if whole or self._entry.reasons == "AT":
            yield from (each.name for each in items)
            return
        reached = {word for line in self._lines for word in line.applies.split() if not line.words}
        eccn = self._entry.eccn
        for each in items:
            paragraph = each.name[LENGTH + 1 :]
            if each.name != eccn and any(_near(word, paragraph) for word in reached):
                yield each.name

    def _check(self) -> None:
        """Refuse a paragraph that the entry does not have, where its text is held.

        Raises:
            ItemError: it has none such.
        """
        known = {*self._texts, *self._named()}
        if not self._paragraph or not self._texts or self._item in self._known:
            return
        if not any(_near(self._paragraph, paragraph) for paragraph in known):
            first = ", ".join(sorted({f".{each.split('.')[0]}" for each in known}))
            raise ItemError(
                f"{self._entry.eccn} has no paragraph .{self._paragraph} in the edition of "
                f"{self._list.day}: it has {first}"
            )

    def _named(self) -> Iterator[str]:
        """The paragraphs that the controls name, and the one asked about."""
        for line in self._lines:
            for word in (*line.applies.split(), *line.but_not.split()):
                if word != WHOLE:
                    yield word

    def _nodes(self) -> Iterator[ControlItem]:
        """The entry and its named paragraphs; an item of the register keeps what it says."""
        eccn = self._entry.eccn
        paragraphs = sorted({*self._named(), *([self._paragraph] if self._paragraph else [])})
        for paragraph in ("", *paragraphs):
            name = f"{eccn}.{paragraph}" if paragraph else eccn
            held = self._known.get(name)
            if held is None:
                complete = self._is_complete(paragraph, paragraphs)
                yield ControlItem(name, self._title(paragraph), complete=complete)
            elif paragraphs and not held.complete:
                yield held._replace(complete=self._is_complete(paragraph, paragraphs))
            else:
                yield held

    def _is_complete(self, paragraph: str, named: Iterable[str]) -> bool:
        """Whether the named paragraphs are all that one has, by the text that is held of it."""
        lead = f"{paragraph}." if paragraph else ""
        inner = {
            each
            for each, text in self._texts.items()
            if each.startswith(lead) and each != paragraph and text != "[Reserved]"
        }
        above = {each[:at] for each in inner for at, sign in enumerate(each) if sign == "."}
        leaves = inner - above
        within = [each for each in named if each.startswith(lead) and each != paragraph]
        return bool(leaves) and all(any(_near(one, leaf) for one in within) for leaf in leaves)

    def _title(self, paragraph: str) -> str:
        text = self._texts.get(paragraph, "") if paragraph else self._entry.heading
        plain = text.replace("“", "").replace("”", "").rstrip(" ;:.")
        if not plain:
            return f"paragraph .{paragraph} of {self._entry.eccn}"
        return plain if len(plain) <= SHOWN else f"{plain[:SHOWN].rsplit(' ', 1)[0]} …"

    def _described(self) -> dict[tuple[str, str], ControlItem]:
        """An item for each condition in words, under the paragraph that it is a condition on."""
        found: dict[tuple[str, str], ControlItem] = {}
        for line in self._lines:
            if not line.words:
                continue
            for parent in self._parents(line):
                if (parent, line.words) not in found:
                    words = line.words.removeprefix(LEFT_OUT)
                    name = f"{parent} (as described, {len(found) + 1})"
                    title = f"{parent}: {words}"
                    found[parent, line.words] = ControlItem(name, title)
        return found

    def _parents(self, line: EntryControl) -> list[str]:
        """The items on which a condition stands: the deeper of the line's and the asked one."""
        names = []
        for word in line.applies.split():
            paragraph = "" if word == WHOLE else word
            deeper = self._paragraph if _near(paragraph, self._paragraph) else paragraph
            names.append(f"{self._entry.eccn}.{deeper}" if deeper else self._entry.eccn)
        return list(dict.fromkeys(names))

    def _provision(
        self, number: int, line: EntryControl, described: Mapping[tuple[str, str], ControlItem]
    ) -> Provision | None:
        """The provision of a control; None where it names no destination, or a rule decides it."""
        to = destinations_of(line, self._list, self._countries)
        if line.ruled or not to:
            return None
        eccn = self._entry.eccn
        items = [eccn if word == WHOLE else f"{eccn}.{word}" for word in line.applies.split()]
        but_not = [f"{eccn}.{word}" for word in line.but_not.split()]
        own = [
            described[parent, line.words].name
            for parent in self._parents(line)
            if (parent, line.words) in described
        ]
        if line.words.startswith(LEFT_OUT):
            but_not += own
        elif line.words:
            # A condition in words is an item of its own, so the line reaches what meets it and no
            # more.
            items = own
        control: dict[str, object] = {
            "decision": "licence",
            "items": items,
            "under": line.door,
            "to": to,
            "as_of": self._list.day,
            "citation": f"15 CFR part 774, Supplement No. 1, {eccn}; {line.citation}",
        }
        if line.column:
            control["column"] = line.column
        if but_not:
            control["but_not"] = but_not
        control["reviews"] = self._list.policies(line, self._entry)
        main = self._base.provisions[0]
        periods = main.periods
        if line.state:
            periods = tuple(each._replace(state=line.state) for each in periods)
        return main._replace(
            id=f"{eccn}-{(line.column or line.reason).lower().replace(' ', '-')}-{number + 1}",
            title=self._provision_title(line),
            note=line.text,
            control=control,
            # The table is of one day, and what the list said before it is not held.
            periods=_since(periods, self._list.day),
        )

    def _provision_title(self, line: EntryControl) -> str:
        """The reason for control, its column, and to what it applies where not to the entry."""
        reason = REASONS.get(line.reason, line.reason)
        where = f"{line.column}, {reason}" if line.column else reason
        scope = line.text.partition(": ")[0]
        return (
            where
            if line.applies == WHOLE and not (line.words or line.but_not)
            else (f"{where} ({scope})")
        )

    def _unread(self) -> Iterator[UnreadControl]:
        """Destinations for which what the entry says was not read."""
        eccn = self._entry.eccn
        if self._entry.jurisdiction:
            title = f"{self._entry.heading} Ask the Department of State; not subject to 15 CFR"
            yield UnreadControl("itar", title, "22 CFR parts 120 to 130", (), ())
        elif not self._entry.reasons and not self._lines:
            title = f"{eccn} names no reason for control in the table: {self._title('')}"
            yield UnreadControl(
                "entry", title, f"15 CFR part 774, Supplement No. 1, {eccn}", (), ()
            )
        for number, line in enumerate(self._lines):
            if line.open:
                places = _spelled_out(line.open, self._countries)
                also = [HONG_KONG[each] for each in places if each in HONG_KONG]
                reason = REASONS.get(line.reason, line.reason)
                title = f"{eccn}, {reason}: {line.note or line.text}"
                yield UnreadControl(
                    f"{eccn}-{line.reason.lower()}-{number + 1}",
                    title,
                    line.citation,
                    # No destination means every one.
                    () if line.open == "all" else (*places, *also),
                    (),
                )
        rows = self._list.destinations()
        noted = tuple(each.country for each in rows if self._is_noted(each.open_for))
        if noted:
            title = f"{eccn}: a footnote of the Country Chart adds what its marks do not show"
            yield UnreadControl("footnote", title, "15 CFR part 738, Supplement No. 1", noted, ())
        charted = {each.country for each in rows if each.marks} | {*HONG_KONG.values()}
        absent = tuple(each for each in self._countries if each not in {*charted, "US"})
        title = "the Country Chart has no marks for this destination"
        yield UnreadControl("chart", title, "15 CFR 738.3(b); part 746", absent, ())

    def _is_noted(self, entries: Iterable[str]) -> bool:
        """Whether a footnote names the entry, or a paragraph that the item is or may be."""
        named = [each[LENGTH + 1 :] for each in entries if each[:LENGTH] == self._entry.eccn]
        return any(_near(each, self._paragraph) or _near(self._paragraph, each) for each in named)


def _since(periods: tuple[EffectivePeriod, ...], day: str) -> tuple[EffectivePeriod, ...]:
    from detente.core.clock import start_of

    return tuple(each._replace(start=start_of(day)) for each in periods)


def _near(one: str, other: str) -> bool:
    """Whether a paragraph is another one, or within it: ``b.2.a`` is within ``b.2``."""
    return not one or other == one or other.startswith(f"{one}.")


def with_listed(terms: ControlTerms, found: ListedItem) -> ControlTerms:
    """The words of one side with an entry of the list among them."""
    names = {each.name for each in found.items}
    # What the register says of these items came along in `found`, so nothing of it is lost.
    standing = tuple(each for each in terms.items if each.name not in names)
    days = dict(terms.read.items)
    held = tuple(pair for pair in found.held if not _is_held(days, pair[0]))
    read = terms.read._replace(
        items=(*terms.read.items, *held), unread=(*terms.read.unread, *found.unread)
    )
    return terms._replace(items=(*standing, *found.items), read=read)


def _is_held(days: Mapping[str, str], name: str) -> bool:
    """Whether an item, or one that it lies within by its number, is held already."""
    plain = re.sub(r" \(as described.*", "", name)
    while plain:
        if plain in days:
            return True
        plain = plain.rpartition(".")[0]
    return False
