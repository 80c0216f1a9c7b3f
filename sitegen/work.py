"""Digests, and work spread over processes; knows nothing of blogs."""

import gc
import hashlib
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import lru_cache
from itertools import chain, islice
from types import TracebackType
from typing import Any, Self, TypeVar

_Common = TypeVar("_Common")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def digest(*parts: bytes) -> str:
    """32 hexadecimal digits that name `parts`, in their order and with their bounds."""
    made = hashlib.sha256()  # which processors have built in: BLAKE2 takes three times as long
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.hexdigest()[:32]


def default_jobs() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def collect_rarely() -> None:
    """Has Python look for cycles of garbage once in a million objects, and in old ones hardly ever.

    Values have none, and to walk a large site again and again takes a tenth of a build.
    """
    gc.set_threshold(1_000_000, 20, 100)


class Workers:
    """Processes that are started when there is enough to do, and kept until the end.

    With an `executor` (a cluster's, say) its workers are used instead of processes of our own.
    """

    def __init__(self, jobs: int, executor: Executor | None = None) -> None:
        self._jobs, self._executor, self._own = jobs, executor, executor is None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._own and self._executor:
            self._executor.shutdown(wait=True, cancel_futures=kind is not None)

    def map(
        self,
        function: Callable[[_Common, _Item], _Result],
        common: _Common,
        items: Iterable[_Item],
        *,
        few: int = 200,
        chunk: int = 40,
    ) -> Iterator[_Result]:
        """`function(common, item)` for every item, in their order.

        Not more than `few` items are done in this process. Others go to the workers `chunk` by
        `chunk`, a bounded number ahead of what has been taken, so that memory stays level.
        `function` is one of a module's own, `common` and items can be pickled.
        """
        rest = iter(items)
        first = list(islice(rest, few + 1))
        if len(first) <= few or (self._jobs == 1 and self._own):
            return (function(common, item) for item in chain(first, rest))
        return self._spread(function, common, chain(first, rest), chunk)

    def _spread(
        self,
        function: Callable[[_Common, _Item], _Result],
        common: _Common,
        items: Iterator[_Item],
        chunk: int,
    ) -> Iterator[_Result]:
        """The results of the workers; ChildProcessError when one of them was ended by force."""
        from concurrent.futures import process  # noqa: PLC0415 -- 25 ms that small sites save

        if self._executor is None:
            self._executor = process.ProcessPoolExecutor(
                self._jobs, initializer=_begin, initargs=(os.getpid(),)
            )
        packed = pickle.dumps(common, pickle.HIGHEST_PROTOCOL)
        ahead: deque[Future[list[_Result]]] = deque()
        try:
            for part in iter(lambda: list(islice(items, chunk)), []):
                ahead.append(self._executor.submit(_each, function, packed, part))
                if len(ahead) > 4 * self._jobs:
                    yield from ahead.popleft().result()
            while ahead:
                yield from ahead.popleft().result()
        except process.BrokenProcessPool as error:
            _release(self._executor)
            raise ChildProcessError(str(error)) from error


def _each(
    function: Callable[[Any, Any], _Result], packed: bytes, items: list[Any]
) -> list[_Result]:
    common = _unpacked(packed)
    return [function(common, item) for item in items]


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Any:
    return pickle.loads(packed)  # noqa: S301 -- from our own parent process


def _release(pool: Any) -> None:
    """Lets `pool`, one of whose workers was ended by force, come to its end.

    Before Python 3.11.5 (Debian 12 has 3.11.2) its feeder waits for ever for somebody to read what
    was meant for that worker: https://github.com/python/cpython/issues/94777, which is mended so.
    """
    if sys.version_info < (3, 11, 5):
        pool._call_queue._reader.close()  # noqa: SLF001


def _begin(parent: int) -> None:
    """Prepares a worker: Ctrl-C is the parent's business, and without it there is no work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """Ends this process when `parent` is gone: a killed build leaves no processes behind."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
