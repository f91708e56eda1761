"""Work in a copy of this process: what it does to the world stays there, only its result comes back.

A lab takes far longer to build than a repair to be tried, so each is tried in a copy of the one lab that was
built. Where a process cannot be copied (Windows) there is no copy, and callers build anew.
"""

from __future__ import annotations

import gc
import os
import pickle
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Generic, TypeVar

POSSIBLE = hasattr(os, "fork")
Result = TypeVar("Result")


def each_apart(works: Iterable[Callable[[], Result]], at_once: int = 1) -> Iterator[Result]:
    """The results of all works, in their order, `at_once` of them under way at a time."""
    begun: deque[_Copy[Result]] = deque()
    for work in works:
        if len(begun) == at_once:
            yield begun.popleft().result()
        begun.append(_Copy(work))
    while begun:
        yield begun.popleft().result()


def apart(work: Callable[[], Result]) -> Result:
    """The result of one work."""
    return next(each_apart([work]))


class _Copy(Generic[Result]):
    """A work under way in a process of its own."""

    def __init__(self, work: Callable[[], Result]) -> None:
        reading, writing = os.pipe()
        gc.freeze()  # what is there already is not walked through again in the copy
        self._process = os.fork()
        if self._process == 0:
            os.close(reading)
            _work_and_end(work, os.fdopen(writing, "wb"))
        gc.unfreeze()
        os.close(writing)
        self._answer = os.fdopen(reading, "rb")

    def result(self) -> Result:
        with self._answer:
            answer = self._answer.read()
        os.waitpid(self._process, 0)
        if not answer:
            raise RuntimeError("a proof ended without an answer")
        done, result = pickle.loads(answer)  # noqa: S301 - our own copy wrote it
        if not done:
            raise RuntimeError(f"a proof failed:\n{result}")
        found: Result = result
        return found


def _work_and_end(work: Callable[[], Result], answer: IO[bytes]) -> None:
    """Only ever called in the copy, which must not go on where the original does."""
    gc.disable()  # it ends soon
    try:
        try:
            told = pickle.dumps((True, work()))
        except BaseException:
            told = pickle.dumps((False, traceback.format_exc()))
        with answer:
            answer.write(told)
    finally:
        os._exit(0)
