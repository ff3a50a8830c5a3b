"""The tools over the Model Context Protocol, on standard input and output or over HTTP."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Annotated, Any, get_type_hints

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import Field

from detente._version import __version__
from detente.assistant.compact import compact
from detente.assistant.tools import Tools, cited
from detente.core.vocabulary import nearest
from detente.register.book import Register

INSTRUCTIONS = """Answers about measures of the United States and China against each other: duties,
listed parties, owners, export licences, minerals, what was announced, on any day. Say the open
questions and notes of an answer to the person who asks, name its citations, and never fill in what
it leaves unknown. It is a planning aid and not legal advice."""


class Server(MCPServer[Any]):
    """A server that says what is wrong with an argument that a tool does not have."""

    async def call_tool(
        self,
        name: str,
        arguments: dict[str, Any],
        context: Context[Any, Any] | None = None,
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; an argument that it lacks is an error and never left out silently.

        Raises:
            ToolError: the tool or an argument is unknown, or the question cannot be understood.
        """
        for tool in await self.list_tools():
            if tool.name == name:
                _check(tool.input_schema["properties"], arguments)
        return await super().call_tool(name, arguments, context)


def make_server(tools: Tools) -> Server:
    """A server with the tools; none of them changes anything."""
    server = Server(
        "detente",
        title="Détente",
        instructions=INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
    )
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool in tools.all():
        server.add_tool(_teaching(tool, tools.register), annotations=reads)
    return server


def _check(known: Mapping[str, Any], named: Mapping[str, Any]) -> None:
    for name in named:
        if name not in known:
            near = nearest(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
            raise ToolError(f"unknown argument {name!r}: {hint}")


Detail = Annotated[
    bool, Field(description="All of a long answer; else its first rows, and what was left out")
]


def _teaching(
    tool: Callable[..., dict[str, Any]], register: Register
) -> Callable[..., dict[str, Any]]:
    """The tool, with short answers, and what cannot be understood told to whoever called it."""

    @wraps(tool)
    def described(*words: Any, detail: bool = False, **named: Any) -> dict[str, Any]:
        try:
            answer = cited(tool(*words, **named), register)
        except ValueError as error:
            raise ToolError(str(error)) from error
        return answer if detail else compact(answer)

    hints = {**get_type_hints(tool, include_extras=True), "detail": Detail}
    parameters = [
        each.replace(annotation=hints[name])
        for name, each in inspect.signature(tool).parameters.items()
    ]
    keyword = inspect.Parameter.KEYWORD_ONLY
    more = inspect.Parameter("detail", keyword, default=False, annotation=Detail)
    described.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [*parameters, more], return_annotation=dict[str, Any]
    )
    described.__annotations__ = hints
    del described.__wrapped__
    return described
