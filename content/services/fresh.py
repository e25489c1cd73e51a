"""What is built from the rows of a language, kept in the process, and built again when they change."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Count, Max, Model, QuerySet
from prometheus_client import Counter

ASKED = Counter(
    "eduengine_cache_asked",
    "What was asked of what this process keeps of a table: a hit, or built anew",
    ["of", "result"],
)
Built = TypeVar("Built")


class Fresh(Generic[Built]):
    """``build(language, rows)`` of a model, as of now: a row that is added, changed or deleted is
    seen at the next ``of``. ``changed`` is the field that holds when a row was last written.
    """

    def __init__(
        self, model: type[Model], changed: str, build: Callable[[str, QuerySet[Any]], Built]
    ) -> None:
        self._model, self._changed, self._build = model, changed, build
        self._lock = threading.Lock()
        self._known: dict[str, tuple[tuple[object, ...], Built]] = {}

    def of(self, language: str) -> Built:
        rows = self._model._default_manager.filter(language=language)
        with self._lock:
            stamp = tuple(rows.aggregate(Max(self._changed), Max("pk"), Count("pk")).values())
            known = self._known.get(language)
            is_hit = known is not None and known[0] == stamp
            ASKED.labels(self._model._meta.model_name, "hit" if is_hit else "miss").inc()
            if known is None or not is_hit:
                known = self._known[language] = (stamp, self._build(language, rows))
            return known[1]
