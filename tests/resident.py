"""A process of a deployment that does what tests ask: Django takes seconds to start, so it starts once.

Reads and writes JSON, one object a line. Run by `tests.stack`.
"""

import contextlib
import io
import json
import os
import sys
import traceback
from typing import Any


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eduengine.settings")
    import django

    django.setup()
    from django.db import close_old_connections

    names: dict[str, Any] = {}
    exec("from content.models import *", names)
    for line in sys.stdin:
        close_old_connections()
        print(json.dumps(answer(json.loads(line), names)), flush=True)


def answer(asked: dict[str, str], names: dict[str, Any]) -> dict[str, Any]:
    """The value of an expression, or what a program printed; or the traceback of either."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            if "value" in asked:
                return {"value": eval(asked["value"], dict(names))}
            exec(asked["do"], dict(names))
        except Exception:
            return {"error": traceback.format_exc()}
    return {"value": printed.getvalue()}


if __name__ == "__main__":
    main()
