"""``detente assistant``: the questions as tools for an assistant program."""

from __future__ import annotations

from detente.cli.options import add, add_reading_option, parser
from detente.cli.shell import load_register, today
from detente.questions.common import REGISTER

EXAMPLES = """  detente assistant                        on standard input and output
  detente assistant --http --port 8765     at http://127.0.0.1:8765/mcp

Name the first as a command in the settings of the assistant program. The tools: what_applies,
duty, screen_party, owners, licence_needed, what_changes, compare_scenario."""

INSTALL = 'this needs an extra: pip install "detente[assistant]"'
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(words: list[str]) -> int:
    """Serve the tools until the other side closes, or until stopped."""
    command = parser("assistant", "Tools for an assistant program (MCP).", EXAMPLES)
    command.add_argument("--http", action="store_true", help="over HTTP, on this machine alone")
    command.add_argument("--host", default="127.0.0.1", help="address on this machine")
    command.add_argument("--port", type=int, default=8765, help="port (default: 8765)")
    command.add_argument("--scenario", metavar="NAME|FILE", help="as if the events happened")
    add_reading_option(command)
    add(command, (REGISTER,))
    options = command.parse_args(words)
    if options.host not in LOOPBACK:
        raise ValueError(
            f"--host {options.host} lets others reach the tools, which have no keys: listen on "
            "this machine, and put a proxy with its own sign-in in front of it"
        )
    try:
        from detente.assistant.server import make_server
    except ImportError:
        raise ValueError(INSTALL) from None
    from detente.assistant.tools import Tools
    from detente.goods.schedule import Schedule

    server = make_server(
        Tools(load_register(options.register, options.scenario, options.reading), Schedule(), today)
    )
    if options.http:
        server.run("streamable-http", host=options.host, port=options.port)
    else:
        server.run()
    return 0
