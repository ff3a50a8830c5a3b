"""What needs permission: the export controls of both sides, on any day, provision by provision.

    decide(question: LicenceQuestion, law: Law) -> LicenceAnswer

Pure: no clock, no screening, and no file but the compiled control list (``control_list``), of which
``law_of(register, item, day)`` takes the entry of the item into the law; names of parties are
screened by the caller and come in as ``PartyFinding``; ``detente.licence.answer`` does both and
turns the answer into JSON (``answer_licence(register, LicenceAsked(...)) -> dict``).

    LicenceQuestion   start, to, minutes {side: minute}, item | code, facts {fact: text},
                      made_in, content {item: share}, headquarters, parties (PartyFinding, …),
                      end_user_known, exporter, known_on, exclude_boundary
    LicenceAnswer     decision "none|licence|prohibited|candidates", policy, regimes
    RegimeAnswer      by, decision, policy, rules, nearly, needs, candidates, doubts, notes,
                      measures, reached
    Rule              by, measure, provision, decision, policy, why, state, start, until,
    conditions,
                      exceptions, displaced_by, revived, failed

Raises ``ItemError`` (unknown item, contradictory parameters) and ``FactError`` (unreadable
parameter), both ``ValueError``. The shapes stand in ``controls.model``.
"""

from __future__ import annotations

from detente.controls.deciding import decide as decide
from detente.controls.law import ControlLaw as ControlLaw
from detente.controls.law import law_of as law_of
from detente.controls.model import LicenceAnswer as LicenceAnswer
from detente.controls.model import LicenceQuestion as LicenceQuestion
from detente.controls.model import PartyFinding as PartyFinding
