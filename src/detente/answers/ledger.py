"""The record of questions and answers."""

from typing import Annotated, Any, TypedDict


class RecordedQuestion(TypedDict):
    """An entry of the ledger without its answer."""

    number: Annotated[int, "1 for the first, without gaps."]
    recorded: Annotated[str, "Instant of recording, ISO with offset."]
    kind: Annotated[str, "The command that answered, such as duty."]
    question: Annotated[dict[str, Any], "What was asked, as that command's answer repeats it."]
    register: Annotated[str, "Hash of the register that answered."]
    version: Annotated[str, "Version of the program that answered."]
    previous: Annotated[str, "Hash of the entry before."]
    hash: Annotated[str, "Hash of this entry."]


class LedgerEntries(TypedDict):
    """Entries of the ledger."""

    entries: Annotated[list[RecordedQuestion], "The entries, oldest first."]
