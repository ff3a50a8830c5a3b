"""Which column of a file means what; nothing is taken that was not recognised or said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from detente._shapes import NamedTuple
from detente.core.tables.headings import HEADINGS, continued, meaning_of, plain_name, says_name
from detente.core.vocabulary import nearest
from detente.parties.masters.columns import ADDED, addresses_alone, was_screened

GOODS = ("item", "text", "code", "origin", "on", "value", "quantity", "unit")
ROLES = ("supplier", "maker", "buyer", "consignee", "end_user", "name")
PLACES = ("city", "address")
"""Where parties are, beside their country; of several such columns the likeliest is read."""

PARTIES = (*ROLES, "country", *PLACES)
MEANINGS = (*GOODS, *PARTIES)
FACT = "fact."
"""What the name of a column with an entry fact begins with."""


class Recognised(NamedTuple):
    """What was made of the columns of a file.

    Attributes:
        columns: the column of each meaning.
        facts: the column of each entry fact.
        unread: columns that nothing was made of.
        more: of roles and addresses, the columns in which they go on (`Name 2`, `Address 2`).
    """

    columns: dict[str, str]
    facts: dict[str, str]
    unread: tuple[str, ...]
    more: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def has_goods(self) -> bool:
        """Whether the rows name goods."""
        return "code" in self.columns

    @property
    def roles(self) -> list[str]:
        """The roles whose names the rows have."""
        return [role for role in ROLES if role in self.columns]

    @property
    def names_parties(self) -> bool:
        """Whether the rows say who takes part, or where."""
        return bool(self.roles) or "address" in self.columns

    def name_of(self, role: str, row: Mapping[str, str]) -> str:
        """The name that a row has in a role, whose parts are read as one; "" for none."""
        return self._joined(role, row, " ")

    def address_of(self, row: Mapping[str, str]) -> str:
        """The address of a row, whose parts are lines; "" where the file has none."""
        return self._joined("address", row, ", ") if "address" in self.columns else ""

    def cell(self, meaning: str, row: Mapping[str, str]) -> str:
        """What a row says of a meaning of one column; "" where the file has none."""
        return row[self.columns[meaning]].strip() if meaning in self.columns else ""

    def _joined(self, meaning: str, row: Mapping[str, str], between: str) -> str:
        names = self.columns[meaning], *self.more.get(meaning, ())
        parts = (row[each].strip() for each in names)
        return between.join(dict.fromkeys(filter(None, parts)))


def stated_columns(texts: Iterable[str]) -> dict[str, str]:
    """What was said of columns: ``NAME=MEANING``, by the name; ``-`` means nothing.

    Raises:
        ValueError: a text is not such a pair, or its meaning is not known.
    """
    found = {}
    for text in texts:
        # From the right: the name of a column may hold an equals sign, a meaning never does.
        name, sign, meaning = text.rpartition("=")
        name, meaning = name.strip(), meaning.strip()
        if not sign or not name:
            raise ValueError(f"--column {text!r}: write NAME=MEANING, such as 'Prod Code=code'")
        if meaning not in (*MEANINGS, "-") and not meaning.startswith(FACT):
            near = nearest(meaning, MEANINGS, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ValueError(
                f"--column {text!r}: a column means one of {', '.join(MEANINGS)}, fact.KEY, or - "
                f"for nothing{hint}"
            )
        found[name] = meaning
    return found


def recognise(names: Sequence[str], stated: Mapping[str, str]) -> Recognised:
    """What the columns of a file mean, by what was said of them, else by their names.

    Raises:
        ValueError: two columns mean the same, a column that was named is not there, or the file
            has neither codes nor names of partners, nor is it one of addresses alone.
    """
    lost = [name for name in stated if name not in names]
    if lost:
        raise ValueError(f"there is no column {lost[0]!r}, but {', '.join(names[:12])}")
    columns: dict[str, str] = {}
    facts: dict[str, str] = {}
    unread = []
    # What an earlier screening wrote (`party`) is not what the table says.
    before = len(ADDED) if was_screened(names) else 0
    for at, name in _likeliest_first(names, stated):
        meaning = stated.get(name, "") or (meaning_of(name, MEANINGS) if at >= before else "")
        own, spare = name.strip().lower(), [each for each in PLACES if each in columns]
        if name not in stated and own.startswith(FACT):
            meaning = own
        if meaning.startswith(FACT):
            facts[meaning.removeprefix(FACT)] = name
        elif not meaning or meaning == "-" or (meaning in spare and name not in stated):
            unread.append(name)
        elif meaning in columns:
            raise ValueError(
                f"the columns {columns[meaning]!r} and {name!r} both seem to mean {meaning}: say "
                f"which does not, with --column '{name}=-'"
            )
        else:
            columns[meaning] = name
    named = any(role in columns for role in ROLES)
    stated_address = stated.get(columns.get("address", "")) == "address"
    alone = "code" not in columns and (stated_address or addresses_alone(names) is not None)
    if "code" not in columns and not named and not alone:
        raise ValueError(
            f"no column with tariff codes and none with names was recognised among "
            f"{', '.join(names[:12])}: name one, with --column 'NAME=code' or 'NAME=supplier'"
        )
    if "code" in columns and "origin" not in columns:
        raise ValueError(
            "there are tariff codes and no column with countries of origin: name it, with "
            "--column 'NAME=origin'"
        )
    if not named and not alone:
        # Where goods are says nothing of a party.
        unread += [columns.pop(each) for each in PLACES if each in columns]
    free = [each for each in unread if each not in stated]
    more = {
        meaning: tuple(each for each in _continued(names, columns[meaning]) if each in free)
        for meaning in (*ROLES, "address")
        if meaning in columns
    }
    joined = {each for parts in more.values() for each in parts}
    left = tuple(each for each in names if each in unread and each not in joined)
    return Recognised(_in_order(columns, names), _in_order(facts, names), left, more)


def _likeliest_first(names: Sequence[str], stated: Mapping[str, str]) -> Iterable[tuple[int, str]]:
    """The columns with their places: those of which something was said, then the likelier ones."""

    def rank(place: tuple[int, str]) -> tuple[bool, int]:
        plain, meaning = plain_name(place[1]), meaning_of(place[1], PLACES)
        words = (meaning, *HEADINGS.get(meaning, ()))
        return place[1] not in stated, words.index(plain) if plain in words else 0

    return sorted(enumerate(names), key=rank)


def _in_order(columns: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Columns by meaning, as they stand in the file."""
    return dict(sorted(columns.items(), key=lambda each: names.index(each[1])))


def _continued(names: Sequence[str], first: str) -> list[str]:
    """The columns in which names or addresses go on that begin in one."""
    plain = [plain_name(each) for each in names]
    at = names.index(first)
    goes_on = says_name(plain[at]) or meaning_of(first, ("address",))
    return [names[each] for each in continued(plain, at)] if goes_on else []
