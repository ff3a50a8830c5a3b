"""Several processes on one port, each with a socket of its own, so that callers spread over them.

A socket that processes share goes to whichever wakes first: it takes every caller that waits, and
callers that keep their connections stay with it, so that the other processes have nothing to do.
Reach for this module where a server runs in more than one process.
"""

from __future__ import annotations

import socket
import sys

from uvicorn import Config
from uvicorn.supervisors import Multiprocess


class Workers(Multiprocess):
    """Processes of a server. On Linux each listens by itself, and callers are spread over them.

    What listens belongs to its process alone: where that ends, later callers come to the others.
    Elsewhere sockets of one port are not told apart, and all processes share one.
    """

    def __init__(self, config: Config) -> None:
        """Listen, from now on, with as many sockets as there are processes.

        The port is refused where somebody else has it, as for a single process.
        """
        first = config.bind_socket()
        self.address = first.getsockname()
        self._family, self._backlog = first.family, config.backlog
        self._shared: socket.socket | None = None
        self._waiting: list[socket.socket] = []
        self._handed_out: list[socket.socket] = []
        if sys.platform == "linux":
            # Bound without sharing, which fails where the port is taken; then left to the sharers.
            first.close()
            self._waiting = [self._listen() for _ in range(config.workers)]
        else:
            first.listen(config.backlog)
            self._shared = first
        super().__init__(config, [])

    @property
    def sockets(self) -> list[socket.socket]:
        """What the process that is made next listens on."""
        if self._shared is not None:
            return [self._shared]
        self._handed_out.append(self._waiting.pop() if self._waiting else self._listen())
        return self._handed_out[-1:]

    @sockets.setter
    def sockets(self, sockets: list[socket.socket]) -> None:
        """Sockets are made here alone."""

    def init_processes(self) -> None:
        """Start the processes, and let go of what they listen on."""
        super().init_processes()
        self._let_go()

    def keep_subprocess_alive(self) -> None:
        """Replace processes that ended, and let go of what the new ones listen on."""
        super().keep_subprocess_alive()
        self._let_go()

    def _let_go(self) -> None:
        # A socket still open here would go on being given callers, whom nobody answers, once the
        # process that listened on it has died.
        for each in self._handed_out:
            each.close()
        self._handed_out.clear()

    def _listen(self) -> socket.socket:
        """One more socket of the port, on which callers may queue from now on."""
        made = socket.socket(self._family)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(self.address)
        made.listen(self._backlog)
        return made
