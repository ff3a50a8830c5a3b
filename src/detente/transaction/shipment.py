"""A shipment as it is given: in Python, as JSON or YAML, or as a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente._lean import date
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import as_stated
from detente.core.nesting import DEPTH, NestingError, check_nesting
from detente.core.vocabulary import nearest, one_of
from detente.duty.question import QuestionError

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.assess import OwnerRow, PartyRow, ShipmentRow

ROLES = (
    "exporter",
    "supplier",
    "maker",
    "end_user",
    "consignee",
    "buyer",
    "importer",
    "intermediary",
    "carrier",
    "bank",
    "other",
)
"""What a party may be in a shipment."""

RECEIVING = ("end_user", "consignee", "intermediary", "buyer", "importer")
"""Roles of those who receive the goods, the one whose use counts first."""

SENDING = ("exporter", "supplier", "maker")
"""Roles of those from whom the goods come."""


class Owner(NamedTuple):
    """Who holds how much of a party.

    Attributes:
        name: the owner.
        share: ``50`` or ``50%`` (percent), ``1/3``, ``33.33-49.99`` or ``unknown``.
        country: ISO country, or "".
        lists: lists on which the owner is known to stand, by their short names.
        source: who says so.
        owners: who holds the owner.
    """

    name: str
    share: str
    country: str = ""
    lists: tuple[str, ...] = ()
    source: str = ""
    owners: tuple[Owner, ...] = ()


class Party(NamedTuple):
    """Somebody in the transaction.

    Attributes:
        name: as written on the papers.
        role: one of ``ROLES``.
        country: ISO country, or "".
        owners: who holds the party, as far as known.
        address: where it is, as written on the papers, or "".
    """

    name: str
    role: str = "other"
    country: str = ""
    owners: tuple[Owner, ...] = ()
    address: str = ""


class Shipment(NamedTuple):
    """Goods on their way from one country into another.

    Attributes:
        code: 8 or 10 digits of the tariff of the country of import, with dots or without; None
            where only the controlled item is known.
        origin: ISO country of origin; where the goods leave from, if None.
        value: customs value in dollars, as text ("10000.00"), where a program asks also as a whole
            number or a Decimal; None if it is not known.
        destination: ISO country of import.
        quantities: quantities by unit, as text ({"kg": "500"}).
        facts: entry facts by key, as text ({"exclusion": "true"}).
        item: the controlled item: an ECCN, a Chinese control code or a plain name.
        leaves_from: ISO country from which the goods are sent; that of origin, if None.
        parties: who takes part.
        end_use: a word for the use, such as ``civil`` or ``military``.
        parameters: technical parameters of the item by key, as text ({"tpp": "2368"}).
        content: share of Chinese items in the value by item, as text ({"dysprosium": "0.2%"}).
        base: an ordinary duty that the register does not hold, such as ``3%``.
        transfer: ``export``, ``reexport`` or ``deemed``; None for what the countries make it.
        deemed_to: of a deemed export, the citizenship of the person to whom it is released.
        stated_by: who stated all this, as the record names them.
    """

    code: str | None = None
    origin: str | None = None
    value: str | None = None
    destination: str = "US"
    quantities: Mapping[str, str] = {}
    facts: Mapping[str, str] = {}
    item: str | None = None
    leaves_from: str | None = None
    parties: tuple[Party, ...] = ()
    end_use: str | None = None
    parameters: Mapping[str, str] = {}
    content: Mapping[str, str] = {}
    base: str | None = None
    transfer: str | None = None
    deemed_to: str | None = None
    stated_by: str | None = None


class ShipmentQuery(NamedTuple):
    """A shipment with its day, as a file gives it; ``on`` is "" where the file names none."""

    shipment: Shipment
    on: str = ""
    known_on: str | None = None
    note: str = ""


KEYS = (
    "code",
    "item",
    "origin",
    "from",
    "destination",
    "on",
    "known_on",
    "value",
    "quantities",
    "parties",
    "end_use",
    "facts",
    "parameters",
    "content",
    "base",
    "transfer",
    "deemed_to",
    "stated_by",
    "note",
)
"""Keys of a shipment in a file."""

PARTY_KEYS = ("name", "role", "country", "address", "owners")
OWNER_KEYS = ("name", "share", "country", "list", "source", "owners")
DEEPEST = 20
"""Tiers of owners that are read."""


def read_shipment(text: str, name: str) -> ShipmentQuery:
    """A shipment from JSON or YAML.

    Args:
        text: one object with ``KEYS``.
        name: the file, for messages.

    Raises:
        QuestionError: it is none; the message says where and what to do.
    """
    parsed = _parsed(text, name)
    try:
        check_nesting(parsed)
    except NestingError as error:
        raise QuestionError(f"{name}: {error}") from error
    if not isinstance(parsed, dict):
        raise QuestionError(
            f'{name} is not a shipment: write an object such as {{"code": "8507.60.00.10", '
            '"origin": "CN", "destination": "US"}'
        )
    return shipment_of(parsed, name)


def _parsed(text: str, name: str) -> Any:
    import json

    if text.lstrip().startswith(("{", "[")):
        try:
            # Numbers stay the text that was written: 0.1 is a tenth, not the float nearest to it.
            return json.loads(
                text,
                parse_float=str,
                parse_int=str,
                object_pairs_hook=lambda rows: _once(rows, name),
            )
        except (json.JSONDecodeError, RecursionError) as error:
            raise QuestionError(
                f"{name} is not JSON: {error}; check quotes and commas there"
            ) from error
    from detente.register.load.yaml_reader import RegisterError, parse_yaml

    try:
        return _plain(parse_yaml(text.encode(), name, DEPTH))
    except RegisterError as error:
        what = f"{name}: {error.expected} (line {error.line}): {error.do}"
        raise QuestionError(what) from error


def _once(rows: list[tuple[str, Any]], name: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in rows:
        if key in found:
            raise QuestionError(f"{name}: the key {key!r} stands twice: keep one", key)
        found[key] = value
    return found


def _plain(item: Any) -> Any:
    """A node of a YAML file as text, lists and mappings."""
    if item.is_mapping:
        return {key: _plain(value) for key, value in item.entries().items()}
    if item.is_sequence:
        return [_plain(each) for each in item.items()]
    return item.raw


def shipment_of(values: Mapping[str, Any], name: str = "shipment") -> ShipmentQuery:
    """A shipment from a mapping of text, lists and mappings.

    Raises:
        QuestionError: a key is unknown, or what stands under it is not what it must be.
    """
    _known(values, KEYS, name)

    def text(key: str) -> str | None:
        return text_of_value(values.get(key), f"{name}, {key}") or None

    def mapping(key: str) -> dict[str, str]:
        return _mapping(values.get(key), f"{name}, {key}")

    parties = _rows(values.get("parties"), f"{name}, parties")
    shipment = Shipment(
        code=text("code"),
        origin=text("origin"),
        value=text("value"),
        destination=text("destination") or "",
        quantities=mapping("quantities"),
        facts=mapping("facts"),
        item=text("item"),
        leaves_from=text("from"),
        parties=tuple(_party(each, f"{name}, party {n}") for n, each in enumerate(parties, 1)),
        end_use=text("end_use"),
        parameters=mapping("parameters"),
        content=mapping("content"),
        base=text("base"),
        transfer=text("transfer"),
        deemed_to=text("deemed_to"),
        stated_by=text("stated_by"),
    )
    return ShipmentQuery(shipment, text("on") or "", text("known_on"), text("note") or "")


def party_of(text: str) -> Party:
    """A party written NAME, NAME:role or NAME:role:country.

    Raises:
        QuestionError: there is no name, or no such role.
    """
    name, _, rest = text.partition(":")
    role, _, country = rest.partition(":")
    values = {"name": name.strip(), "role": role.strip(), "country": country.strip()}
    return _party({key: value for key, value in values.items() if value}, f"party {text!r}")


def _party(value: Any, where: str) -> Party:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, Mapping):
        raise QuestionError(f"{where}: a party is an object with {', '.join(PARTY_KEYS)}")
    _known(value, PARTY_KEYS, where)
    return Party(
        _name(value, where),
        role_of(text_of_value(value.get("role"), f"{where}, role"), where),
        text_of_value(value.get("country"), f"{where}, country").upper(),
        _owners(value.get("owners"), where, 1),
        text_of_value(value.get("address"), f"{where}, address"),
    )


def role_of(text: str, where: str) -> str:
    """A role in the words of ``ROLES``.

    Raises:
        QuestionError: it is none of them.
    """
    role = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    if role and role not in ROLES:
        raise QuestionError(f"{where}: {text!r} is not a role: {one_of(role, ROLES)}", "role")
    return role or "other"


def _owners(value: Any, where: str, depth: int) -> tuple[Owner, ...]:
    if depth > DEEPEST:
        raise QuestionError(f"{where}: owners are read through {DEEPEST} tiers: leave out the rest")
    found = []
    for number, each in enumerate(_rows(value, f"{where}, owners"), 1):
        place = f"{where}, owner {number}"
        if not isinstance(each, Mapping):
            raise QuestionError(f"{place}: an owner is an object with {', '.join(OWNER_KEYS)}")
        _known(each, OWNER_KEYS, place)
        lists = each.get("list") or []
        words = lists if isinstance(lists, list) else str(lists).replace(",", ";").split(";")
        found.append(
            Owner(
                _name(each, place),
                _share(text_of_value(each.get("share"), f"{place}, share"), place),
                text_of_value(each.get("country"), f"{place}, country").upper(),
                tuple(str(word).strip().upper() for word in words if str(word).strip()),
                text_of_value(each.get("source"), f"{place}, source"),
                _owners(each.get("owners"), place, depth + 1),
            )
        )
    return tuple(found)


def _share(text: str, where: str) -> str:
    from detente.parties.ownership.shares import share_of

    if not text:
        raise QuestionError(f"{where}: its share is missing: write 50%, 1/3 or unknown", "share")
    try:
        share_of(text)
    except ValueError as error:
        raise QuestionError(f"{where}: {error}", "share") from error
    return text


def _name(values: Mapping[str, Any], where: str) -> str:
    name = text_of_value(values.get("name"), f"{where}, name")
    if not name:
        raise QuestionError(f"{where}: its name is missing: write it as on the papers", "name")
    return name


def _known(values: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
    names = list(keys)
    for key in values:
        if key not in names:
            near = nearest(str(key), names, 1, 0.6)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise QuestionError(
                f"{where}: unknown key {key!r}: {hint}the keys are {', '.join(names)}", str(key)
            )


def _rows(value: Any, where: str) -> list[Any]:
    if value is None or value == "":
        return []
    if not isinstance(value, list | tuple):
        raise QuestionError(f"{where}: write a list")
    return list(value)


def text_of_value(value: Any, where: str) -> str:
    """A value as a text: a truth value as the facts write it, "" for None.

    Raises:
        QuestionError: it is no single value, or a floating number, which is not exact.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float):
        raise QuestionError(
            f'{where}: {value!r} is a floating number: write it as text, such as "10.50"'
        )
    if isinstance(value, date):
        return as_stated(value)
    # By its name: most shipments have no such number, and its module takes time to load.
    if isinstance(value, int) or type(value).__name__ == "Decimal":
        return str(value)
    raise QuestionError(f"{where}: write one value, as text, not {type(value).__name__}")


def _mapping(held: Any, where: str) -> dict[str, str]:
    if held is None or held == "":
        return {}
    if not isinstance(held, Mapping):
        raise QuestionError(f"{where}: write an object of keys and values")
    return {str(key): text_of_value(value, f"{where}, {key}") for key, value in held.items()}


def shipment_row_of(shipment: Shipment, on: str, known_on: str | None) -> ShipmentRow:
    """A shipment under the keys of a file: reading it again gives the same shipment."""
    described: ShipmentRow = {
        "code": shipment.code,
        "item": shipment.item,
        "origin": shipment.origin,
        "from": shipment.leaves_from,
        "destination": shipment.destination,
        "on": on,
        "known_on": known_on,
        "value": shipment.value,
        "quantities": dict(shipment.quantities),
        "parties": [_party_row(each) for each in shipment.parties],
        "end_use": shipment.end_use,
        "facts": dict(shipment.facts),
        "parameters": dict(shipment.parameters),
        "content": dict(shipment.content),
        "base": shipment.base,
    }
    # Only where they are said: records of before do not have them, and keep their hashes.
    if shipment.transfer:
        described["transfer"] = shipment.transfer
    if shipment.deemed_to:
        described["deemed_to"] = shipment.deemed_to
    if shipment.stated_by:
        described["stated_by"] = shipment.stated_by
    return described


def _party_row(party: Party) -> PartyRow:
    row: PartyRow = {
        "name": party.name,
        "role": party.role,
        "country": party.country,
        "owners": [_owner_row(each) for each in party.owners],
    }
    if party.address:  # so that records of before keep their hashes
        row["address"] = party.address
    return row


def _owner_row(owner: Owner) -> OwnerRow:
    return {
        "name": owner.name,
        "share": owner.share,
        "country": owner.country,
        "list": list(owner.lists),
        "source": owner.source,
        "owners": [_owner_row(each) for each in owner.owners],
    }
