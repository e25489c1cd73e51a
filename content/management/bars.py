"""Progress of a command, drawn by tqdm."""

from collections.abc import Callable
from typing import Any


def onto(bar: Any) -> Callable[[int, int, str], None]:
    """What an engine or service calls with (done, total, note): it moves ``bar``."""

    def show(done: int, total: int, what: str) -> None:
        bar.total = total
        bar.set_postfix_str(what[:40], refresh=False)
        bar.update(done - bar.n)

    return show
