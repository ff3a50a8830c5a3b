"""Everything a register holds, as loaded: the input of the compiler and of the checks."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.register.addresses import AddressForm
from detente.register.control_terms import ControlTerms
from detente.register.documents import ReadLog
from detente.register.load.common import Family
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import (
    Area,
    Base,
    BasketGood,
    CodeList,
    Deadline,
    EntryFact,
    Gap,
    Measure,
    Member,
    Place,
    Source,
    StackingRule,
)
from detente.register.words import Spoken


@dataclass
class Contents:
    """A register while it is being loaded; ``origins`` says where each record stands."""

    countries: dict[str, str]
    places: dict[str, Place]
    zones: dict[str, str]
    facts: dict[str, EntryFact]
    bases: dict[str, Base]
    families: dict[str, Family]
    sources: dict[str, Source]
    gaps: list[Gap]
    basket: list[BasketGood]
    measures: dict[str, Measure] = field(default_factory=dict)
    stacking_rules: list[StackingRule] = field(default_factory=list)
    lists: dict[str, CodeList] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    areas: dict[str, Area] = field(default_factory=dict)
    origins: dict[str, YamlNode] = field(default_factory=dict)
    controls: dict[str, ControlTerms] = field(default_factory=dict)
    scenarios: dict[str, str] = field(default_factory=dict)
    deadlines: list[Deadline] = field(default_factory=list)
    words: Spoken = field(default_factory=Spoken)
    addresses: list[AddressForm] = field(default_factory=list)
    read_log: ReadLog = field(default_factory=lambda: ReadLog([], {}, {}, {}))
