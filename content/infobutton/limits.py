"""How many requests a minute an address or a token may send.

Counted in Redis, which every web process sees. Where Redis is away the door stays open and each
process counts for itself, so that the limit holds per process until Redis is back. The database
would count as truly, but with a write for every read that it serves.
"""

import time

from django.core.cache import BaseCache, caches
from redis.exceptions import RedisError

WINDOW = 60  # seconds
# After Redis did not answer, how long nobody waits for it again.
PAUSE = 30.0
_paused_until = 0.0


def wait(key: str, limit: int) -> int:
    """Count a request of ``key``; the seconds until it may send again, 0 within its ``limit``."""
    if limit <= 0:
        return 0
    minute, second = divmod(int(time.time()), WINDOW)
    return WINDOW - second if _count(f"{key}:{minute}") > limit else 0


def _count(key: str) -> int:
    global _paused_until
    if time.monotonic() >= _paused_until:
        try:
            return _counted(caches["rates"], key)
        except (RedisError, OSError):
            _paused_until = time.monotonic() + PAUSE
    return _counted(caches["rates-of-the-process"], key)


def _counted(cache: BaseCache, key: str) -> int:
    cache.add(key, 0, 2 * WINDOW)
    return cache.incr(key)
