"""Reading YAML strictly: YAML 1.2's core schema, and a file and line for every complaint.

PyYAML's own types follow YAML 1.1, where the key ``on:`` is true, ``NO`` is false, ``13:01`` is
781 and ``8541.10`` is a number. Here every scalar is read as text with its position; a plain
scalar is a boolean only when it is ``true`` or ``false``. Aliases and anchors are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, NoReturn

MAX_BYTES = 4_000_000
FORMER = {
    "limb": "provision",
    "limbs": "provisions",
    "limbs_from": "provisions_from",
    "paint": "periods",
    "loser": "yielding",
    "to": "prevailing",
}
"""Keys of the first register language that are still read, and what they are called now."""


class RegisterError(Exception):
    """A fault in a register file: where it is, what was expected, what to do."""

    def __init__(self, file: str, line: int, expected: str, do: str) -> None:
        super().__init__(f"{file}:{line}: {expected}. {do}")
        self.file = file
        self.line = line
        self.expected = expected
        self.do = do


class YamlNode:
    """A node of a file: a mapping, a sequence or a scalar, and where it stands."""

    __slots__ = ("file", "line", "node")

    def __init__(self, node: Any, file: str) -> None:
        self.node = node
        self.file = file
        self.line = int(node.start_mark.line) + 1

    def fail(self, expected: str, do: str) -> NoReturn:
        """Raise a ``RegisterError`` that points here."""
        raise RegisterError(self.file, self.line, expected, do)

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping of keys to values."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_sequence(self) -> bool:
        """Whether this is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_quoted(self) -> bool:
        """Whether this is a value in quotes."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.style in ("'", '"')

    @property
    def raw(self) -> str:
        """The text of a scalar, whatever it looks like."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fail("expected a single value here", "Write one value, not a list or a mapping")
        return str(self.node.value)

    def mapping(
        self, allowed: tuple[str, ...], required: tuple[str, ...] = ()
    ) -> dict[str, YamlNode]:
        """The entries of a mapping; keys not allowed, doubled or missing are errors."""
        entries = self._renamed(allowed)
        for key, item in entries.items():
            if key not in allowed:
                near = _nearest(key, allowed)
                hint = f"Did you mean `{near}`? " if near else ""
                item.fail(f"unknown key `{key}`", f"{hint}The keys here are {', '.join(allowed)}")
        for key in required:
            if key not in entries:
                self.fail(f"the key `{key}` is missing", f"Add `{key}:` to this entry")
        return entries

    def _renamed(self, allowed: tuple[str, ...]) -> dict[str, YamlNode]:
        """The entries by today's keys; a key beside its former name is an error."""
        entries = self.entries()
        found: dict[str, YamlNode] = {}
        for key, item in entries.items():
            today = FORMER.get(key, key)
            name = today if key not in allowed and today in allowed else key
            if name in found:
                item.fail(f"`{name}` stands twice, once by its former name", "Keep one of the two")
            found[name] = item
        return found

    def entries(self) -> dict[str, YamlNode]:
        """The entries of a mapping with any keys; a doubled key is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("expected a mapping of keys to values here", "Write `key: value` lines")
        entries: dict[str, YamlNode] = {}
        for key_node, value_node in self.node.value:
            key = YamlNode(key_node, self.file)
            if not isinstance(key_node, yaml.ScalarNode):
                key.fail("expected a plain key", "Write keys as single words")
            name = str(key_node.value)
            if name in entries:
                key.fail(f"the key `{name}` stands twice", "Keep one of the two")
            value = YamlNode(value_node, self.file)
            entries[name] = value
        return entries

    def items(self) -> list[YamlNode]:
        """The items of a sequence."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("expected a list here", "Write [first, second] or lines that begin with -")
        return [YamlNode(node, self.file) for node in self.node.value]

    def one_or_many(self) -> list[YamlNode]:
        """The items of a sequence, or this value alone as a list of one."""
        return self.items() if self.is_sequence else [self]

    def text(self) -> str:
        """A text; a plain scalar that looks like a number or a boolean must be quoted."""
        value = self.raw.strip()
        if not value:
            self.fail("expected a text, found nothing", "Write the text, or leave the key out")
        # A plain scalar has the style None or "", by the loader that read it.
        if not self.node.style and _looks_typed(value):
            self.fail(
                f"unquoted `{value}` would be read as a number by other tools",
                f'Put it in quotes: "{value}"',
            )
        return " ".join(value.split())

    def word(self, words: tuple[str, ...]) -> str:
        """A word of a closed list."""
        value = self.raw.strip()
        if value not in words:
            near = _nearest(value, words)
            hint = f"Did you mean `{near}`? " if near else ""
            self.fail(f"unknown word `{value}`", f"{hint}Expected one of {', '.join(words)}")
        return value

    def boolean(self) -> bool:
        """``true`` or ``false``, and nothing else."""
        value = self.raw
        if self.is_quoted or value not in ("true", "false"):
            self.fail(f"expected true or false, found `{value}`", "Write true or false, unquoted")
        return value == "true"

    def quoted(self, what: str) -> str:
        """A text that must stand in quotes, such as a code or a rate."""
        value = self.raw.strip()
        if not self.is_quoted:
            self.fail(f"{what} `{value}` is not in quotes", f'Write it as "{value}"')
        return value


_TYPED = re.compile(
    r"[-+]?[0-9][0-9_,]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?%?|0x[0-9a-fA-F]+|~|null|Null"
)


def _looks_typed(value: str) -> bool:
    return _TYPED.fullmatch(value) is not None


def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    from detente.core.vocabulary import nearest

    found = nearest(word, words, 1, 0.6)
    return found[0] if found else None


def read_yaml(path: Path, name: str | None = None) -> YamlNode:
    """The root of a YAML file.

    Raises:
        RegisterError: the file is too large, is not YAML, holds aliases, or is empty.
    """
    return parse_yaml(path.read_bytes(), name or str(path))


def text_of(data: bytes, name: str) -> str:
    """The text of a register file.

    Raises:
        RegisterError: it is too large, or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise RegisterError(name, 1, f"the file has {len(data):,} bytes", "Split it: 4 MB at most")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RegisterError(name, line, "this is not UTF-8", "Save the file as UTF-8") from error


def parse_yaml(data: bytes, name: str, depth: int | None = None) -> YamlNode:
    """The root of YAML in memory; see ``read_yaml``.

    Args:
        data: the text, UTF-8.
        name: the file, for messages.
        depth: lists and mappings within each other that it may have; None where it is our own.
    """
    text = text_of(data, name)
    # The loader in C where PyYAML has it; it marks plain scalars otherwise, which `text` allows
    # for.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if depth is not None:
            _refuse_depth(text, name, loader, depth)
        _refuse_aliases(text, name, loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise RegisterError(
            name, line, f"this is not YAML: {error.problem}", "Check the indentation and quotes"
        ) from error
    except yaml.YAMLError as error:
        raise RegisterError(
            name, 1, f"this is not YAML: {error}", "Remove characters that YAML does not allow"
        ) from error
    if node is None:
        raise RegisterError(name, 1, "the file is empty", "Write a record, or remove the file")
    return YamlNode(node, name)


def _refuse_depth(text: str, name: str, loader: Any, most: int) -> None:
    """A node within a thousand others would exhaust what composes them, which calls itself."""
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > most:
            raise RegisterError(
                name,
                event.start_mark.line + 1,
                f"lists and mappings stand more than {most} levels within each other",
                "Write them flatter",
            )


def _refuse_aliases(text: str, name: str, loader: Any) -> None:
    """Aliases could make a small file large, and hide what a reader should see."""
    if "&" not in text and "*" not in text:
        return
    events: Iterator[Any] = yaml.parse(text, Loader=loader)
    for event in events:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RegisterError(
                name,
                event.start_mark.line + 1,
                "anchors and aliases are not part of the register's language",
                "Write the value out where it is used",
            )
