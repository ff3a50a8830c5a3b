"""Local records: orders that the user laid over the built-in register, in the user's folder.

    orders/NAME/…       each order as it was added
    register.sqlite     the built-in register with all of them, compiled

When a later release brings another built-in register, the local one is compiled again over it;
a record that the release has itself is left out, and answers say so.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

from detente._shapes import NamedTuple
from detente.core.missing_files import no_file
from detente.register.book import Register
from detente.register.load.compile import folder_hash, in_memory, write
from detente.register.load.contents import Contents
from detente.register.load.yaml_reader import RegisterError
from detente.register.local.order import Added, contents_of, lay_over

ORDERS = "orders"
COMPILED = "register.sqlite"


class Trial(NamedTuple):
    """A register with an order laid over it, kept nowhere."""

    register: Register
    added: Added


def try_order(path: Path, base: Register) -> Trial:
    """Lay an order over a register without keeping it.

    Raises:
        RegisterError: something in the order is wrong.
        FileNotFoundError: there is nothing at the path.
    """
    if not path.exists():
        raise FileNotFoundError(no_file(path, "name an order, or a folder of orders"))
    contents = contents_of(base)
    added = lay_over(contents, path)
    return Trial(_compiled(contents, base.sha256, (*added.records, *added.amended)), added)


def _compiled(contents: Contents, sha256: str, local: tuple[str, ...]) -> Register:
    return Register(in_memory(contents, sha256), local=local)


def add(path: Path, home: Path, name: str | None = None, tried: Added | None = None) -> Added:
    """Keep an order in the user's folder and compile the register with it.

    Args:
        path: a YAML file, or a folder of an order.
        home: the user's folder.
        name: the name to keep it under; the file's own by default.
        tried: what a trial of it said, where there was one.

    Raises:
        RegisterError: something in the order is wrong; nothing is kept.
        FileExistsError: an order of that name is kept already.
    """
    added = tried or try_order(path, Register.load()).added
    target = home / ORDERS / (name or path.stem)
    if target.exists():
        raise FileExistsError(
            f"an order {target.name!r} is kept already: remove it first, or use --name"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, target)
    else:
        target.mkdir()
        shutil.copy(path, target / path.name)
    try:
        refresh(home)
    except RegisterError:
        shutil.rmtree(target)
        refresh(home)
        raise
    return added


def remove(name: str, home: Path) -> str:
    """Forget an order, by its name or by the id of a record in it; returns its name.

    Raises:
        FileNotFoundError: no order has that name or record; the message lists those kept.
    """
    stored = orders(home)
    found = (
        name if name in stored else next((key for key, ids in stored.items() if name in ids), None)
    )
    if found is None:
        have = ", ".join(stored) or "none"
        raise FileNotFoundError(f"no local order or record {name!r}; kept: {have}")
    shutil.rmtree(home / ORDERS / found)
    refresh(home)
    return found


def orders(home: Path) -> dict[str, tuple[str, ...]]:
    """The orders kept, with the ids of their records and of the records that they amend."""
    folder = home / ORDERS
    stored = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        contents = contents_of(Register.built_in())
        added = lay_over(contents, path, lenient=True)
        stored[path.name] = (*added.records, *added.amended, *added.left_out)
    return stored


def refresh(home: Path) -> None:
    """Compile the built-in register with every order kept; without orders, none is needed.

    Raises:
        RegisterError: an order no longer fits the built-in register.
    """
    folder, compiled = home / ORDERS, home / COMPILED
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    if not paths:
        compiled.unlink(missing_ok=True)
        return
    base = Register.built_in()
    contents = contents_of(base)
    local: list[str] = []
    left_out: list[str] = []
    for path in paths:
        added = lay_over(contents, path, lenient=True)
        local.extend((*added.records, *added.amended))
        left_out.extend(added.left_out)
    beside = compiled.with_name(COMPILED + ".new")
    beside.unlink(missing_ok=True)
    connection = sqlite3.connect(beside)
    try:
        write(connection, contents, combined_hash(base.sha256, folder_hash(folder)))
        meta = {"base": base.sha256, "local": json.dumps(local), "left_out": json.dumps(left_out)}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        connection.commit()
    finally:
        connection.close()
    # In one step: a reader meets the old register or the new one, never half of one.
    os.replace(beside, compiled)


def combined_hash(*parts: str) -> str:
    """One hash of several, in order."""
    import hashlib

    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
