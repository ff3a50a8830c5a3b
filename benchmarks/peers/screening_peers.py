"""Names screened by string similarity alone, in the peers' own environment.

    python screening_peers.py FILE

FILE is JSON: `names`, the listed names; `entries`, whose each is; `asked`, pairs of a text and the
entry that is meant. Brute force compares every name with every listed one by rapidfuzz, in as many
threads as there are cores, by the scorer that people take first and by two that are faster; the
other takes the nearest by letters in threes, weighted by rarity, with sparse_dot_topn.
All give twenty names and a number, and no reason. Prints JSON: names a second and recall among
twenty, by peer.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

Peer = Callable[[Sequence[str], Sequence[str]], tuple[float, list[list[int]]]]
"""Takes listed names and those asked; gives seconds, and the twenty nearest of each."""

TOP = 20
BRUTE = 600
"""Names that brute force is asked: all of them would take minutes."""

SCORERS = (fuzz.WRatio, fuzz.token_sort_ratio, fuzz.ratio)
"""By which brute force compares, the slowest first."""


def brute_force(
    names: Sequence[str], asked: Sequence[str], scorer: Callable[..., float]
) -> tuple[float, list[list[int]]]:
    """Seconds, and the twenty nearest of each by a scorer."""
    listed = [utils.default_process(name) for name in names]
    started = time.perf_counter()
    found: list[list[int]] = []
    for at in range(0, len(asked), 100):
        some = [utils.default_process(name) for name in asked[at : at + 100]]
        table = process.cdist(some, listed, scorer=scorer, workers=-1, dtype=np.float32)
        # In any order: to sort all listed names would take longer than the fastest scorer.
        found += np.argpartition(-table, TOP, axis=1)[:, :TOP].tolist()
    return time.perf_counter() - started, found


def by_letters(names: Sequence[str], asked: Sequence[str]) -> tuple[float, list[list[int]]]:
    """Seconds, and the twenty nearest of each by letters in threes."""
    read = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
    listed = read.fit_transform(names).T.tocsr()
    started = time.perf_counter()
    near = sp_matmul_topn(
        read.transform(asked), listed, top_n=TOP, sort=True, n_threads=os.cpu_count()
    )
    seconds = time.perf_counter() - started
    return seconds, [near.indices[a:b].tolist() for a, b in pairwise(near.indptr)]


def main() -> None:
    """Run all and print what they gave."""
    with open(sys.argv[1], encoding="utf-8") as file:
        given = json.load(file)
    names, entries = given["names"], given["entries"]
    # Kinds of change come in turn, so a run of names from the beginning holds each as often.
    tasks: dict[str, tuple[Peer, list[tuple[str, int]]]] = {
        **{
            f"rapidfuzz {version('rapidfuzz')}, {scorer.__name__}": (
                partial(brute_force, scorer=scorer),
                given["asked"][:BRUTE],
            )
            for scorer in SCORERS
        },
        f"sparse_dot_topn {version('sparse-dot-topn')}": (by_letters, given["asked"]),
    }
    answer = {}
    for peer, (task, asked) in tasks.items():
        seconds, found = task(names, [text for text, _ in asked])
        right = sum(
            entry in {entries[number] for number in near}
            for (_, entry), near in zip(asked, found, strict=True)
        )
        answer[peer] = (len(asked) / seconds, right / len(asked), len(asked))
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
