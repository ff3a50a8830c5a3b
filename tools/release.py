"""What goes out with a release: the wheel, what it is made with (CycloneDX), where it is from.

`python tools/release.py` builds the wheel into dist/ and writes beside it `sbom.cdx.json`, every
distribution that `pip install "detente[all,spark]"` may bring, and `provenance.json`, a statement
of in-toto with the provenance of SLSA: which sources, at which commit, made which file. Of the same
commit all three come out the same, byte for byte.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
NAME = "detente"
EXTRAS = ("all", "spark")
SBOM, PROVENANCE = "sbom.cdx.json", "provenance.json"
BUILD = "https://slsa.dev/provenance/v1"


def normal(name: str) -> str:
    """The name of a distribution the way that compares equal."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed() -> dict[str, set[str]]:
    """What the product may bring, by name: the names that each of them needs in turn."""
    found: dict[str, set[str]] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [(NAME, EXTRAS)]
    done: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        name, extras = item = waiting.pop()
        if item in done:
            continue
        done.add(item)
        direct = found.setdefault(name, set())
        for text in metadata.requires(name) or ():
            asked = Requirement(text)
            if asked.marker and not any(
                asked.marker.evaluate({"extra": extra}) for extra in (*extras, "")
            ):
                continue
            other = normal(asked.name)
            if _is_installed(other):
                if other != name:
                    direct.add(other)
                waiting.append((other, tuple(sorted(asked.extras))))
    return found


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def licence_of(name: str) -> str:
    """The licence that a distribution states: an expression, else its classifiers, else a line."""
    described: Any = metadata.metadata(name)
    expression = described.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = [
        each.rpartition(" :: ")[2]
        for each in described.get_all("Classifier") or ()
        if each.startswith("License :: ") and each != "License :: OSI Approved"
    ]
    if classifiers:
        return " OR ".join(sorted(classifiers))
    line: str = (described.get("License") or "").strip()
    return line.splitlines()[0] if line else ""


def purl(name: str, version: str) -> str:
    """The address of a distribution as a package URL."""
    return f"pkg:pypi/{name}@{version}"


def sbom() -> dict[str, Any]:
    """What the product is made with, in the form of CycloneDX 1.6."""
    graph = needed()
    versions = {name: metadata.version(name) for name in graph}
    own = purl(NAME, versions[NAME])
    components = [
        {
            "type": "library",
            "bom-ref": purl(name, versions[name]),
            "name": name,
            "version": versions[name],
            "purl": purl(name, versions[name]),
            "licenses": [{"license": {"name": licence_of(name)}}],
        }
        for name in sorted(graph)
        if name != NAME
    ]
    dependencies = [
        {
            "ref": purl(name, versions[name]),
            "dependsOn": sorted(purl(each, versions[each]) for each in graph[name]),
        }
        for name in sorted(graph)
    ]
    digest = sha256(json.dumps([components, dependencies]).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": NAME,
                "version": versions[NAME],
                "purl": own,
                "licenses": [{"expression": "Apache-2.0 AND CC-BY-4.0"}],
            }
        },
        "components": components,
        "dependencies": dependencies,
    }


def provenance(wheel: Path) -> dict[str, Any]:
    """Which sources made a wheel.

    Raises:
        CalledProcessError: this is no checkout.
    """
    commit = _git("rev-parse", "HEAD")
    files = ("pyproject.toml", "constraints.txt", "hashes.txt", "hatch_build.py")
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": wheel.name, "digest": {"sha256": _hash(wheel)}}],
        "predicateType": BUILD,
        "predicate": {
            "buildDefinition": {
                "buildType": "make release",
                "externalParameters": {"commit": commit, "changed": bool(_git("status", "-s"))},
                "resolvedDependencies": [
                    {"name": "source", "digest": {"gitCommit": commit}},
                    *({"name": each, "digest": {"sha256": _hash(ROOT / each)}} for each in files),
                ],
            },
            "runDetails": {
                "builder": {"id": f"Python {sys.version_info[0]}.{sys.version_info[1]}"}
            },
        },
    }


def _git(*words: str) -> str:
    ran = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def main() -> int:
    """Build and write; returns the exit code."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST)],
        cwd=ROOT,
        check=True,
    )
    wheel = max(DIST.glob(f"{NAME}-*.whl"), key=lambda each: each.stat().st_mtime)
    for name, made in ((SBOM, sbom()), (PROVENANCE, provenance(wheel))):
        text = json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (DIST / name).write_text(text, encoding="utf-8")
        print(f"wrote dist/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
