"""``detente register bundle``: the compiled law of a checkout as one signed file."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_bundle(options: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    options.add_argument("--key", required=True, metavar="FILE", help="your private key, as PEM")
    options.add_argument("-o", "--output", metavar="FILE", type=Path, help="the file to write")
    options.add_argument("--day", metavar="DAY", help="the day of the law (default: today)")
    options.add_argument(
        "--after", metavar="FILE", type=Path, help="leave out what this bundle has already"
    )
    options.add_argument("--wheel", metavar="DIR", type=Path, help="a wheel of it too, for pip")


def bundle(options: argparse.Namespace) -> int:
    """Build the bundle, and the wheel where one is asked for."""
    from detente.freshness.bundles import SUFFIX, build, open_bundle
    from detente.register.book import Register
    from detente.store.files import DATA
    from detente.store.signing import read_key

    day = options.day
    if day is None:
        from datetime import date

        day = date.today().isoformat()
    data = Path(DATA)
    register = Register.load(data / "register.sqlite")
    areas = {name: area.reviewed_through for name, area in register.areas.items()}
    after = None
    if options.after:
        opened = open_bundle(options.after)
        opened.packed.close()
        after = opened.manifest
    target = options.output or Path(f"detente-{day}{SUFFIX}")
    key = read_key(options.key)
    manifest = build(data, target, day, areas, key, after)
    size = target.stat().st_size
    print(f"Wrote {target}: {manifest.name}, {size:,} bytes, signed by {key.public}.")
    if options.wheel:
        from detente.freshness.carrier import build_wheel

        options.wheel.mkdir(parents=True, exist_ok=True)
        print(f"Wrote {build_wheel(manifest, data, options.wheel)}.")
    return 0
