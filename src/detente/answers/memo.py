"""Whether a memo is unchanged since it was written."""

from typing import Annotated, TypedDict


class RecordedAs(TypedDict):
    """The entry of a ledger that a memo names."""

    entry: Annotated[int | None, "Its number."]
    hash: Annotated[str | None, "Its hash."]


class MemoRegister(TypedDict):
    """The register of a memo beside the one at hand."""

    memo: Annotated[str | None, "Hash that the memo states."]
    at_hand: Annotated[str | None, "Hash of the one at hand; null where it cannot be asked."]
    same: Annotated[bool, "Whether both are the same."]
    version_memo: Annotated[str | None, "Version that the memo states."]
    version_at_hand: Annotated[str, "Version of the program at hand."]


class MemoBeside(TypedDict):
    """The answer of a memo beside that of the register at hand."""

    memo: Annotated[str | None, "Hash of the answer that the memo states."]
    at_hand: Annotated[str | None, "Hash of the answer at hand."]
    same: Annotated[
        bool | None, "Whether it makes this memo, word for word; null if that cannot be said."
    ]
    pay_then: Annotated[str | None, "What is to be paid, as the memo states it."]
    pay: Annotated[str | None, "What is to be paid, as answered now."]
    decision_then: Annotated[str | None, "The decision about licences, as stated."]
    decision: Annotated[str | None, "The same, as answered now."]


class MemoFound(TypedDict):
    """What was found of a memo, but for its name; null where a part of it is missing."""

    outcome: Annotated[str, "holds, changed or cannot_tell."]
    signed_by: Annotated[str | None, "Public key of a signature that fits."]
    signer: Annotated[str | None, "Whose key it is, where that is known."]
    recorded_as: Annotated[RecordedAs | None, "The entry that the memo names."]
    because: Annotated[str, "The reason of the outcome, in words."]
    holds: Annotated[bool, "Whether it holds."]
    unchanged: Annotated[bool | None, "Whether its text has the hash that it states."]
    stated: Annotated[str | None, "The hash that it states."]
    computed: Annotated[str | None, "The hash of its text."]
    ledger: Annotated[int | None, "Number of the entry that it was compared with."]
    register: Annotated[MemoRegister | None, "The memo's register beside the one at hand."]
    answer: Annotated[MemoBeside | None, "The memo's answer beside the one at hand."]


class MemoChecked(MemoFound):
    """Whether a memo is unchanged since it was written."""

    memo: Annotated[str, "Name of the file."]
