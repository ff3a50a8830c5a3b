"""Named tuples that cost almost nothing to define.

``typing.NamedTuple`` compiles a function for each class and, where annotations are text, each
annotation too; with some sixty shapes on the way to one answer that was a sixth of a cold start.
This one does neither: to a type checker it *is* ``typing.NamedTuple``, and at run time it is a
tuple with getters. Annotations are never evaluated.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter

    def _tails(fields, defaults):
        """The defaults that follow so many values, where all that are left out have one."""
        found, tail = {}, ()
        for number in range(len(fields) - 1, -1, -1):
            if fields[number] not in defaults:
                break
            tail = (defaults[fields[number]], *tail)
            found[number] = tail
        return found

    class _Shape(type):
        """Turns the annotations of a class body into the fields of a tuple."""

        def __new__(meta, name, bases, body):
            fields = tuple(body.get("__annotations__", ()))
            body["__slots__"] = ()
            body["_fields"] = body["__match_args__"] = fields
            body["_defaults"] = {field: body[field] for field in fields if field in body}
            body["_tails"] = _tails(fields, body["_defaults"])
            for number, field in enumerate(fields):
                body[field] = _tuplegetter(number, None)
            return super().__new__(meta, name, bases, body)

    class NamedTuple(tuple, metaclass=_Shape):
        """A tuple whose items have names; see ``typing.NamedTuple`` for what it offers."""

        def __new__(cls, *values, **named):
            if named or len(values) != len(cls._fields):
                # Most often what is left out are defaults at the end.
                tail = None if named else cls._tails.get(len(values))
                values = _filled(cls, values, named) if tail is None else values + tail
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _replace(self, **named):
            values, fields = list(self), self._fields
            for field, value in named.items():
                if field not in fields:
                    raise TypeError(f"{type(self).__name__} has no field {field}")
                values[fields.index(field)] = value
            return tuple.__new__(type(self), values)

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            items = ", ".join(
                f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)
            )
            return f"{type(self).__name__}({items})"

    def _filled(cls, values, named):
        """All values in order, from those given by position, by name, and by default."""
        fields = cls._fields
        if len(values) > len(fields):
            raise TypeError(f"{cls.__name__} takes {len(fields)} values, not {len(values)}")
        row = list(values)
        for field in fields[len(values) :]:
            if field in named:
                row.append(named.pop(field))
            elif field in cls._defaults:
                row.append(cls._defaults[field])
            else:
                raise TypeError(f"{cls.__name__} needs a value for {field}")
        if named:
            raise TypeError(f"{cls.__name__} has no field {', '.join(named)} left to fill")
        return row
