"""The renderer in a process of its own, which may take only so long and so much memory for a PDF.

A page that never ends, or that would fill the machine, ends the press and nothing else: whoever asked
gets one sentence and takes the next row, for which a new press starts. A copy of the worker by fork
would not do: Pango's thread is not copied, and the copy waits for it for ever (seen).

The press stays for the next page, so that the fonts are loaded once. It ends with its worker, whose
end of the pipe closes however the worker dies.
"""

import atexit
import gc
import os
import pickle
import resource
import select
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO, ParamSpec, cast

from django.apps import apps

from content.engines.base import EngineError, Limits, PermanentEngineError

Asked = ParamSpec("Asked")
MEGABYTE = 2**20
_LENGTH = struct.Struct(">Q")
_CHUNK = 2**20
_ABORTED = -6  # how GLib ends where no memory is left
_ONE_AT_A_TIME = Lock()


class Exceeded(PermanentEngineError):
    """The page would take more than a PDF may, or broke the renderer."""


def confined(
    limits: Limits,
    work: Callable[Asked, bytes],
    *args: Asked.args,
    **kwargs: Asked.kwargs,
) -> bytes:
    """What ``work``, a function of this room, makes of its arguments in the press; ``Exceeded``.

    Raises what ``work`` raises.
    """
    job = pickle.dumps((work, args, kwargs))
    with _ONE_AT_A_TIME:
        press = _press(limits)
        try:
            good, value = pickle.loads(press.answer(job, limits))  # noqa: S301  of our own process
        except Exceeded:
            press.end()
            raise
    if good:
        return bytes(value)
    raise value


# --- on the worker's side -----------------------------------------------------------------------


class _Press:
    def __init__(self, limits: Limits) -> None:
        self.limits, self.owner = limits, os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(limits.megabytes)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        self._asks = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)

    @property
    def serves(self) -> bool:
        return self.owner == os.getpid() and self._process.poll() is None

    def answer(self, job: bytes, limits: Limits) -> bytes:
        end = time.monotonic() + limits.seconds
        try:
            _write(self._asks, job)
        except BrokenPipeError:
            raise self._broken() from None
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, end))
        return self._read(length, end)

    def _read(self, count: int, end: float) -> bytes:
        pipe, found = self._answers.fileno(), bytearray()
        while len(found) < count:
            left = end - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise Exceeded(
                    f"It took longer than {self.limits.seconds:g} seconds to print and was stopped. "
                    "Shorten the handout, or divide it."
                )
            chunk = os.read(pipe, min(count - len(found), _CHUNK))
            if not chunk:
                raise self._broken()
            found += chunk
        return bytes(found)

    def _broken(self) -> Exceeded:
        status = self._process.wait()
        if status == _ABORTED:
            return _too_much(self.limits.megabytes)
        return Exceeded(f"The renderer broke down over this handout (status {status}).")

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):  # what it was being asked
            self._asks.close()
        self._answers.close()


_presses: list[_Press] = []


def _press(limits: Limits) -> _Press:
    """The press of this process, a new one where there is none or it is another's."""
    if _presses and not (_presses[0].serves and _presses[0].limits == limits):
        old = _presses.pop()
        if old.owner == os.getpid():
            old.end()
    if not _presses:
        _presses.append(_Press(limits))
    return _presses[0]


@atexit.register
def close() -> None:
    """End the press of this process."""
    if _presses and _presses[0].owner == os.getpid():
        _presses.pop().end()


# --- in the press -------------------------------------------------------------------------------


def _too_much(megabytes: int) -> Exceeded:
    return Exceeded(
        f"It takes more than {megabytes} MB of memory to print. Shorten the handout, or divide it."
    )


def _write(pipe: BinaryIO, message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)) + message)
    pipe.flush()


def _serve(megabytes: int) -> None:
    """Answer job after job until the worker closes its end."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    apps.populate(())  # pages need settings and catalogues, no model
    _limit(megabytes)
    # Going through all that a page is made of, on the way, took a twelfth of a render.
    gc.disable()
    while head := sys.stdin.buffer.read(_LENGTH.size):
        (length,) = _LENGTH.unpack(head)
        _write(out, _answer(sys.stdin.buffer.read(length), megabytes))
        gc.collect()  # while nobody waits


def _limit(megabytes: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    room = pages * resource.getpagesize() + megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(job: bytes, megabytes: int) -> bytes:
    work, args, kwargs = pickle.loads(job)  # noqa: S301  of our own worker
    try:
        return pickle.dumps((True, work(*args, **kwargs)))
    except MemoryError:
        return pickle.dumps((False, _too_much(megabytes)))
    except RecursionError:
        told = "Its parts are nested too deeply to be printed."
        return pickle.dumps((False, Exceeded(told)))
    except Exception as error:
        if not isinstance(error, EngineError):
            error.add_note("".join(traceback.format_exception(error)))
        return pickle.dumps((False, error))


if __name__ == "__main__":
    # Under its own name, so that what it raises is what the worker knows.
    from content.engines.renderer.press import _serve as serve

    serve(int(sys.argv[1]))
