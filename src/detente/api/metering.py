"""What was asked how often, for `/metrics`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

BOUNDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
"""Upper ends of the counts of seconds, as Prometheus has them."""

OTHER = "other"


class Meter:
    """Counts of responses by route and status, and of the seconds that they took."""

    def __init__(self, routes: Collection[str]) -> None:
        """Count under the routes that there are; everything else, also what holds an id, is one."""
        self._routes = routes
        self._count: dict[tuple[str, str, int], int] = {}
        self._within = [0] * len(BOUNDS)
        self._seconds = 0.0
        self._all = 0

    def note(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count one response."""
        route = path.rstrip("/") or "/"
        if route not in self._routes:
            route = OTHER
        # A caller may invent methods, and each would be counted by itself for ever.
        key = (method if method in ("GET", "POST", "HEAD") else OTHER, route, status)
        self._count[key] = self._count.get(key, 0) + 1
        self._all += 1
        self._seconds += seconds
        for number, bound in enumerate(BOUNDS):
            if seconds <= bound:
                self._within[number] += 1

    def text(self, version: str) -> str:
        """Everything counted, in the text format of Prometheus."""
        return "\n".join(self._lines(version)) + "\n"

    def _lines(self, version: str) -> Iterator[str]:
        yield "# HELP detente_info The version that answers."
        yield "# TYPE detente_info gauge"
        yield f'detente_info{{version="{version}"}} 1'
        yield "# HELP detente_responses_total Responses by method, route and status."
        yield "# TYPE detente_responses_total counter"
        for (method, route, status), count in sorted(self._count.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            yield f"detente_responses_total{{{labels}}} {count}"
        yield "# HELP detente_response_seconds Seconds from request to the end of its response."
        yield "# TYPE detente_response_seconds histogram"
        for bound, count in zip(BOUNDS, self._within, strict=True):
            yield f'detente_response_seconds_bucket{{le="{bound}"}} {count}'
        yield f'detente_response_seconds_bucket{{le="+Inf"}} {self._all}'
        yield f"detente_response_seconds_sum {self._seconds:.6f}"
        yield f"detente_response_seconds_count {self._all}"
        memory = _memory()
        if memory is not None:
            yield "# HELP detente_memory_bytes Memory of this process at its highest."
            yield "# TYPE detente_memory_bytes gauge"
            yield f"detente_memory_bytes {memory}"


def _memory() -> int | None:
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    import sys

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts bytes here, Linux kilobytes.
    return used if sys.platform == "darwin" else used * 1024
