"""Which column of a file means what; nothing is taken that was not recognised or said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from detente._shapes import NamedTuple
from detente.core.tables.headings import continued, meaning_of, plain_name, says_name
from detente.core.vocabulary import nearest
from detente.parties.masters.columns import ADDED

GOODS = ("item", "text", "code", "origin", "on", "value", "quantity", "unit")
ROLES = ("supplier", "maker", "buyer", "consignee", "end_user", "name")
PARTIES = (*ROLES, "country")
MEANINGS = (*GOODS, *PARTIES)
FACT = "fact."
"""What the name of a column with an entry fact begins with."""


class Recognised(NamedTuple):
    """What was made of the columns of a file.

    Attributes:
        columns: the column of each meaning.
        facts: the column of each entry fact.
        unread: columns that nothing was made of.
        more: of roles, the columns in which their names go on (`Name 2`).
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

    def name_of(self, role: str, row: Mapping[str, str]) -> str:
        """The name that a row has in a role, whose parts are read as one; "" for none."""
        parts = (row[each].strip() for each in (self.columns[role], *self.more.get(role, ())))
        return " ".join(dict.fromkeys(filter(None, parts)))


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
            has neither codes nor names of partners.
    """
    lost = [name for name in stated if name not in names]
    if lost:
        raise ValueError(f"there is no column {lost[0]!r}, but {', '.join(names[:12])}")
    columns: dict[str, str] = {}
    facts: dict[str, str] = {}
    unread = []
    # What an earlier screening wrote (`party`) is not what the table says.
    before = len(ADDED) if tuple(names[: len(ADDED)]) == ADDED else 0
    for at, name in enumerate(names):
        meaning = stated.get(name, "") or (meaning_of(name, MEANINGS) if at >= before else "")
        own = name.strip().lower()
        if name not in stated and own.startswith(FACT):
            meaning = own
        if meaning.startswith(FACT):
            facts[meaning.removeprefix(FACT)] = name
        elif not meaning or meaning == "-":
            unread.append(name)
        elif meaning in columns:
            raise ValueError(
                f"the columns {columns[meaning]!r} and {name!r} both seem to mean {meaning}: say "
                f"which does not, with --column '{name}=-'"
            )
        else:
            columns[meaning] = name
    if "code" not in columns and not any(role in columns for role in ROLES):
        raise ValueError(
            f"no column with tariff codes and none with names was recognised among "
            f"{', '.join(names[:12])}: name one, with --column 'NAME=code' or 'NAME=supplier'"
        )
    if "code" in columns and "origin" not in columns:
        raise ValueError(
            "there are tariff codes and no column with countries of origin: name it, with "
            "--column 'NAME=origin'"
        )
    free = [each for each in unread if each not in stated]
    more = {
        role: tuple(each for each in _continued(names, columns[role]) if each in free)
        for role in ROLES
        if role in columns
    }
    joined = {each for parts in more.values() for each in parts}
    return Recognised(columns, facts, tuple(each for each in unread if each not in joined), more)


def _continued(names: Sequence[str], first: str) -> list[str]:
    """The columns in which names go on that begin in one."""
    plain = [plain_name(each) for each in names]
    at = names.index(first)
    return [names[each] for each in continued(plain, at)] if says_name(plain[at]) else []
