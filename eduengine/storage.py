"""Files in an S3-compatible store (`EDUENGINE_S3_BUCKET`) instead of a folder."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

P = ParamSpec("P")
T = TypeVar("T")


def _as_a_disk(call: Callable[P, T]) -> Callable[P, T]:
    @wraps(call)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except (BotoCoreError, ClientError) as error:
            raise OSError(f"The object store does not answer: {type(error).__name__}") from error

    return wrapped


class ObjectStore(S3Storage):  # type: ignore[misc]
    """A store that is away is an ``OSError``, like a disk that is away: workers wait for it.

    Names are made of the hash of what is in them, so a second writer writes the same bytes.
    """

    def get_default_settings(self) -> dict[str, Any]:
        patience = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 2})
        return {**super().get_default_settings(), "client_config": patience}

    exists: Callable[..., bool] = _as_a_disk(S3Storage.exists)
    delete: Callable[..., None] = _as_a_disk(S3Storage.delete)
    _save: Callable[..., str] = _as_a_disk(S3Storage._save)
    _open: Callable[..., Any] = _as_a_disk(S3Storage._open)
