"""What every engine shares: the two kinds of failure, and where model files live.

This is the only file of the room that may read settings.
"""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """What the translation engines need to know.

    ``nllb`` is a hub id (``name/model``, ``name/model@revision``), a folder, or "" for none;
    ``others`` are more of them, of whatever layout, that come before it. ``threads`` is how many
    batches are translated at the same time, each on one core. ``pruned``: use the model with the
    vocabulary of the served languages where there is one.
    """

    nllb: str
    nllb_licence_accepted: bool
    offline_portuguese: bool
    cache: Path
    threads: int
    others: tuple[str, ...] = ()
    pruned: bool = False

    @property
    def checkpoints(self) -> tuple[str, ...]:
        """The checkpoints to use, the best first."""
        return (*self.others, self.nllb) if self.nllb else self.others


def engine_config() -> EngineConfig:
    """The translation engines as the settings describe them."""
    return EngineConfig(
        nllb=settings.NLLB,
        nllb_licence_accepted=settings.NLLB_LICENCE_ACCEPTED,
        offline_portuguese=settings.OFFLINE_PORTUGUESE,
        cache=Path(settings.EDUENGINE_CACHE),
        threads=settings.TRANSLATOR_THREADS,
        others=tuple(settings.TRANSLATORS),
        pruned=settings.NLLB_PRUNED,
    )


@dataclass(frozen=True, slots=True)
class WriterConfig:
    """Where the writer answers. ``timeout`` is in seconds, for one whole answer."""

    url: str
    model: str
    key: str
    timeout: float


def writer_config() -> WriterConfig:
    """The writer as the settings describe it; the address is "" where none is configured."""
    return WriterConfig(
        settings.LLM_URL, settings.LLM_MODEL, settings.LLM_KEY, settings.LLM_TIMEOUT
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take: seconds by the clock, megabytes beyond what is loaded."""

    seconds: float
    megabytes: int


def render_limits() -> Limits:
    """What one PDF may take, as the settings say."""
    return Limits(settings.RENDER_SECONDS, settings.RENDER_MEGABYTES)
