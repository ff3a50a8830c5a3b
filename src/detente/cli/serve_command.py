"""``detente serve``: pages and API on this machine, or for others who have a key."""

from __future__ import annotations

import atexit
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.cli.options import add, add_scenario_option, parser
from detente.cli.recording import now
from detente.cli.shell import load_register, today
from detente.questions.common import REGISTER

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from typing import Any

    from litestar.types import ASGIApp
    from uvicorn import Config

    from detente.api.limits import Limits
    from detente.api.service import Service
    from detente.scenario.opened import NamedLaw

EXAMPLES = """  detente serve
  detente serve --port 9000 --workers 2
  detente serve --host 0.0.0.0 --keys keys.txt     each line: a name and a key
  detente serve --keys keys.txt --proxy 127.0.0.1 --name duties.example.com
  curl 'http://127.0.0.1:8080/v1/duty?code=8507.60.00.10&origin=CN&value=10000'

Whoever reaches the server can ask it anything, and questions tell what a company trades in. So it
listens on this machine alone, and to others only with --keys, or with --without-keys where
something in front of it (a proxy with its own sign-in, a closed network) decides who may come."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
NAMES = ("127.0.0.1", "localhost", "[::1]")
"""What a browser on this machine may call the server."""


class Settings(NamedTuple):
    """What a server is made of; each of its processes makes its own from these."""

    register: str | None
    scenario: str | None
    reading: str | None
    store: str | None
    hosts: tuple[str, ...] | None
    keys: str | None
    limits: Limits
    record: bool = False
    counts: str | None = None

    def app(self) -> ASGIApp:
        """The application of a process that serves until it ends."""
        opened = ExitStack()
        atexit.register(opened.close)
        return opened.enter_context(self.opened())

    def worker(self) -> ASGIApp:
        """The application of a process that answers long questions until it ends."""
        from detente.api.metering import Meter
        from detente.web.app import answering_app

        opened = ExitStack()
        atexit.register(opened.close)
        return answering_app(opened.enter_context(self.service()), self.limits, Meter(()))

    @contextmanager
    def opened(self) -> Iterator[ASGIApp]:
        """The application behind its guard; what it reads and writes is closed at the end.

        Raises:
            ValueError: a file cannot be read, or the ledger cannot be recorded to.
        """
        from detente.api.buckets import Buckets
        from detente.api.keys import read_keys
        from detente.api.processes import Processes
        from detente.core.collector import keep_what_is_old
        from detente.web.app import create_app
        from detente.web.waiting.background import open_jobs

        with ExitStack() as opened:
            service = opened.enter_context(self.service())
            processes = None
            # Windows cannot hand a process its end of a socket by number.
            if self.limits.processes and sys.platform != "win32":
                processes = Processes(self.worker, self.limits)
                opened.callback(processes.close)
            jobs = open_jobs(self.limits, self._law().options(service.register))
            app = create_app(
                service,
                self.limits,
                self.hosts,
                read_keys(self.keys) if self.keys else None,
                processes,
                jobs,
                buckets=Buckets(time.monotonic, Path(self.counts)) if self.counts else None,
            )
            jobs.start()
            opened.callback(jobs.close)
            keep_what_is_old()
            yield app

    def _law(self) -> NamedLaw:
        """What it answers by, as another process opens it too."""
        from detente.scenario.opened import NamedLaw

        if self.store is not None:
            return NamedLaw(self.store)
        return NamedLaw(self.register, self.scenario, self.reading)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """What answers; its files are closed at the end.

        Raises:
            ValueError: a file cannot be read, or the ledger cannot be recorded to.
        """
        from detente.api.service import Service
        from detente.goods.schedule import Schedule
        from detente.register.book import Register

        if self.store is None:
            register = load_register(self.register, self.scenario, self.reading)
        else:
            register = Register.load(Path(self.store))
        with ExitStack() as opened:
            ledger = None
            if self.record:
                from detente.store.ledger import Ledger

                ledger = opened.enter_context(Ledger(create=True))
                ledger.check()
            service = Service(
                register,
                Schedule(),
                today,
                remember=self.limits.kept,
                ledger=ledger,
                clock=now,
                limits=self.limits,
            )
            opened.callback(service.close)
            yield service


def run(words: list[str]) -> int:
    """Serve until stopped."""
    options = _options().parse_args(words)
    if options.settings:
        _needs_extra()
        from detente.api.limits import settings_text

        print(settings_text())
        return 0
    _check(options)
    _needs_extra()
    settings = Settings(
        register=options.register,
        scenario=options.scenario,
        reading=options.reading,
        store=options.store,
        hosts=_names(options),
        keys=options.keys,
        limits=_limits(options),
        record=options.record,
    )
    served = Served(options.host, options.port, options.workers, _proxies(options.proxy))
    if options.workers > 1:
        with settings.opened():
            pass  # what is wrong with the settings is said once, before processes start
        return _serve_with_workers(settings, served)
    return _serve(settings, served)


def _options() -> argparse.ArgumentParser:
    command = parser("serve", "Pages and API over HTTP.", EXAMPLES)
    command.add_argument("--host", default="127.0.0.1", help="address to listen on")
    command.add_argument(
        "--name", action="append", default=[], help="a name that it is called by, behind a proxy"
    )
    command.add_argument(
        "--proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a proxy whose X-Forwarded-For and -Proto are believed: an address or a network",
    )
    command.add_argument("--port", type=int, default=8080, help="port (default: 8080; 0: any)")
    command.add_argument("--workers", type=int, default=1, help="processes (default: 1)")
    command.add_argument("--keys", metavar="FILE", help="who may ask: a name and a key on a line")
    command.add_argument(
        "--without-keys", action="store_true", help="let everyone who reaches the server ask"
    )
    command.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="set a limit, such as rows=5000; may be given several times",
    )
    command.add_argument("--settings", action="store_true", help="list the limits, and end")
    command.add_argument("--max-body", type=int, metavar="MIB", help="largest body (default: 16)")
    command.add_argument(
        "--record",
        action="store_true",
        help="append every answer to duty, assess, licence, screen and owners to the ledger",
    )
    command.add_argument(
        "--a-minute", type=int, metavar="N", help="requests of one caller (default: any)"
    )
    command.add_argument("--store", metavar="FILE", help="a compiled register in place of yours")
    add_scenario_option(command)
    add(command, (REGISTER,))
    return command


def _names(options: argparse.Namespace) -> tuple[str, ...] | None:
    """Names by which the server may be called; None for any."""
    if options.host in LOOPBACK or options.name:
        return (*NAMES, *(each.lower() for each in options.name))
    return None


def _proxies(words: list[str]) -> tuple[str, ...]:
    """Addresses and networks of proxies.

    Raises:
        ValueError: one is neither; "all" of them would let everyone say who they are.
    """
    from ipaddress import ip_network

    for word in words:
        try:
            network = ip_network(word)
        except ValueError as error:
            raise ValueError(
                f"--proxy {word} is neither an address nor a network: write it as 127.0.0.1 "
                "or 10.0.0.0/24"
            ) from error
        if network.prefixlen == 0:
            raise ValueError(f"--proxy {word} would believe everyone: name the proxy's own address")
    return tuple(words)


def _check(options: argparse.Namespace) -> None:
    """Refuse settings that contradict each other or would open the server unawares.

    Raises:
        ValueError: the message says which, and what to do.
    """
    if options.host not in LOOPBACK and not options.keys and not options.without_keys:
        raise ValueError(
            f"--host {options.host} lets others reach the server, and questions tell what a "
            "company "
            "trades in: name a file of keys with --keys, or write --without-keys if something in "
            "front of the server decides who may come"
        )
    if options.keys and options.without_keys:
        raise ValueError("--keys and --without-keys contradict each other: leave one out")
    if options.store and (options.register or options.scenario or options.reading):
        raise ValueError(
            "--store serves a register as it is: leave out --register, --scenario and --reading"
        )
    if options.workers < 1:
        raise ValueError("--workers takes a number of processes from 1")
    if not 0 <= options.port <= 65535:
        raise ValueError("--port takes a number from 0 to 65535")
    if options.a_minute is not None and options.a_minute < 0:
        raise ValueError("--a-minute takes a number of requests from 1, or 0 for any")
    if options.max_body is not None and options.max_body < 1:
        raise ValueError("--max-body takes a number of mebibytes from 1")


def _limits(options: argparse.Namespace) -> Limits:
    """The limits by the settings, and by the two that have an option of their own.

    Raises:
        ValueError: a setting is unknown, given twice, or not a number that it takes.
    """
    from detente.api.limits import MIB, limits_of

    own = []
    if options.max_body is not None:
        own.append(f"body={options.max_body * MIB}")
    if options.a_minute is not None:
        own.append(f"a_minute={options.a_minute}")
    return limits_of([*own, *options.setting])


def _needs_extra() -> None:
    try:
        import jinja2  # noqa: F401
        import litestar  # noqa: F401
        import uvicorn  # noqa: F401
    except ModuleNotFoundError as error:
        raise ValueError(
            f'pages need {error.name}, which is not installed: pip install "detente[web]"'
        ) from error


class Served(NamedTuple):
    """Where a server listens.

    Attributes:
        host: address.
        port: number; 0 for any.
        workers: processes.
        proxies: addresses and networks whose word of a caller's address is believed.
    """

    host: str
    port: int
    workers: int
    proxies: tuple[str, ...]


def _serve(settings: Settings, served: Served) -> int:
    import uvicorn

    with settings.opened() as app:
        config = _config(app, served, settings.limits)
        sock = config.bind_socket()
        sock.listen(config.backlog)
        _tell(sock.getsockname()[1], served.host)
        uvicorn.Server(config).run(sockets=[sock])
    return 0


def _serve_with_workers(settings: Settings, served: Served) -> int:
    from tempfile import TemporaryDirectory

    from detente.api.buckets import make_table
    from detente.api.listening import Workers

    with TemporaryDirectory(prefix="detente-") as folder:
        counts = Path(folder) / "counts"
        make_table(counts)
        config = _config(settings._replace(counts=str(counts)).app, served, settings.limits)
        workers = Workers(config)
        _tell(workers.address[1], served.host)
        workers.run()
    return 0


def _config(app: Callable[..., Any], served: Served, limits: Limits) -> Config:
    """How an application is served; several processes take what makes it, and make it each."""
    from detente.api.connection import Bounded

    return Bounded(
        app,
        limits,
        host=served.host,
        port=served.port,
        workers=served.workers,
        factory=served.workers > 1,
        log_level="warning",
        access_log=False,  # addresses hold questions, and a log of them is nobody's business
        server_header=False,
        timeout_graceful_shutdown=5,
        proxy_headers=bool(served.proxies),
        forwarded_allow_ips=list(served.proxies),
        lifespan="off",
        ws="none",
    )


def _tell(port: int, host: str) -> None:
    """The word that callers may come: they may queue from now on."""
    shown = f"[{host}]" if ":" in host else host
    print(f"detente serves http://{shown}:{port}/ (stop with Ctrl-C)", file=sys.stderr, flush=True)
