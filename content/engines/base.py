"""What every engine shares: the two kinds of failure, and where model files live.

This is the only file of the room that may read settings.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

# (bytes or steps done, total, what is being done): shown to whoever waits.
Progress = Callable[[int, int, str], None]


class EngineError(Exception):
    """An engine could not do its work. The message is for the person who waits."""


class TemporaryEngineError(EngineError):
    """Trying again later can help: a timeout, a refused connection, a process restarting."""


class PermanentEngineError(EngineError):
    """Trying again cannot help: a bad configuration, a damaged file, input that is refused."""


def cache_dir(*parts: str) -> Path:
    """A folder below ``EDUENGINE_CACHE``, made if missing. Clones share it; git never sees it."""
    folder = Path(settings.EDUENGINE_CACHE).joinpath(*parts)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
