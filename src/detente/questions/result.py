"""An answer in Python: a mapping, its keys as attributes, and its rows as a frame or a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    import polars

SHOWN = 200
"""Rows that a notebook shows; the others are counted."""


class Result(Mapping[str, "Any"]):
    """An answer under the keys of the interface.

    Keys are attributes too: ``detente.truce().instruments``. What stands below is as JSON has it,
    lists and mappings, with attributes again.
    """

    def __init__(self, answer: Mapping[str, Any], rows: str = "") -> None:
        """Take an answer.

        Args:
            answer: the answer, as the command prints it with ``--json``.
            rows: the key of its rows; none where it has none.
        """
        self._answer = dict(answer)
        self._rows = rows

    def __getitem__(self, key: str) -> Any:
        return _wrapped(self._answer[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._answer)

    def __len__(self) -> int:
        return len(self._answer)

    def __getattr__(self, name: str) -> Any:
        # Copies and pickles are asked for their methods before they hold an answer.
        answer = self.__dict__.get("_answer", {})
        try:
            return _wrapped(answer[name])
        except KeyError:
            raise AttributeError(f"the answer has no {name!r}, but {', '.join(answer)}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._answer]

    def __repr__(self) -> str:
        return f"Result({self._answer!r})"

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command prints it with ``--json``."""
        return dict(self._answer)

    def to_frame(self) -> polars.DataFrame:
        """The rows of the answer as a frame; what stands below a cell is JSON text.

        Raises:
            ValueError: the answer has no rows.
        """
        import polars

        return polars.DataFrame(self._table(), infer_schema_length=None)

    def to_pandas(self) -> Any:
        """The rows of the answer as a frame of pandas.

        Raises:
            ValueError: the answer has no rows.
        """
        return self.to_frame().to_pandas()

    def chart(self, name: str = "") -> Any:
        """The answer as a picture that a notebook shows: SVG, with its dictionary as ``spec``.

        Args:
            name: which of the pictures of a mineral; the shares by stage where none is named.

        Raises:
            ValueError: no picture is drawn of this answer, or none of this name.
        """
        from detente.questions.drawn import drawn

        return drawn(self._answer, name)

    def _table(self) -> list[dict[str, object]]:
        if not self._rows:
            raise ValueError("this answer has no rows: see to_dict()")
        rows = self._answer[self._rows]
        return [{key: _cell(value) for key, value in row.items()} for row in rows]

    def _repr_html_(self) -> str:
        """The rows as a table, or the keys and values of an answer that has none."""
        from html import escape

        if self._rows:
            table = self._table()
        else:
            table = [{"key": key, "value": _cell(value)} for key, value in self._answer.items()]
        columns = list(dict.fromkeys(key for row in table for key in row))
        head = "".join(f"<th>{escape(each)}</th>" for each in columns)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{escape(_shown(row.get(each)))}</td>" for each in columns)
            + "</tr>"
            for row in table[:SHOWN]
        )
        more = f"<p>and {len(table) - SHOWN} more rows</p>" if len(table) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _wrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return Result(value)
    if isinstance(value, list):
        return [_wrapped(each) for each in value]
    return value


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        import json

        return json.dumps(value, ensure_ascii=False)
    return value


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
