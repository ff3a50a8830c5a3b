"""What holds for every test: no network, no silent skip where it counts, one law and schedule."""

from __future__ import annotations

import gc
import ipaddress
import os
import sys
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from detente.core.collector import without_collector
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows

_CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def _is_this_machine(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def _forbid_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise when a test reaches for another machine; an audit hook sees every socket there is."""
    if event in _CONNECTING:
        address = arguments[1]
        # A Unix socket's address is a path, and a path leads nowhere else.
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_this_machine(host):
        raise PermissionError(f"tests may not use the network: {event} to {host!r}")


sys.addaudithook(_forbid_network)


YOUNG, MIDDLE, NEVER = 50_000, 10, 1_000_000
"""New objects between two looks for garbage, where Python has 700; looks between two through what
is older; and these again until Python would look through all there is, which is left to us."""

GROWN, MOST = 500 * 2**20, 1000 * 2**20
"""Bytes by which a process has grown when it is looked through for garbage: where a module of tests
has ended, and in the middle of one."""

_resident_after = 0
"""Bytes that this process had in memory after the last look through all of it."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among what is collected, and more seldom for it afterwards.

    Half a million objects live as long as the run. To look through them again and again took a
    third of collecting them and a fifth of what follows.
    """
    with without_collector():
        collected = yield
    _look_through_all()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, NEVER)
    return collected


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """Look through all there is where it has grown: by Python's count that came far too often.

    Laws and schedules hold each other: a run took 2.9 GB where half of that was garbage.
    """
    if _resident() > _resident_after + MOST:
        _look_through_all()


@pytest.fixture(scope="module", autouse=True)
def _clean_up() -> Iterator[None]:
    """Drop what the tests of modules left, and look for no garbage among what stays."""
    yield
    if _resident() > _resident_after + GROWN:
        _look_through_all()
        gc.freeze()


def _look_through_all() -> None:
    global _resident_after
    gc.collect()
    _resident_after = _resident()


def _resident() -> int:
    """Bytes that this process has in memory; 0 where the system has no such file."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


@pytest.fixture(scope="session", autouse=True)
def _no_home(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """What the developer added to a register or schedule of their own is no part of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DETENTE_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def schedule() -> Iterator[Schedule]:
    opened = Schedule()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def register() -> Register:
    return Register.built_in()


@pytest.fixture(scope="session")
def flows() -> Iterator[Flows]:
    opened = Flows()
    yield opened
    opened.close()


def _fail_where_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure on a machine that must be able to run everything."""
    expected_failure = hasattr(report, "wasxfail")
    if os.environ.get("CI") == "true" and report.skipped and not expected_failure:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CI=true, where nothing may be skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_where_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_where_skipped(report)
    return report
