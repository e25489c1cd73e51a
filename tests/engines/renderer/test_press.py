"""A page that takes too much ends its press, never its worker; the next page is printed."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from content.engines.base import Limits
from content.engines.renderer import press
from content.engines.renderer.document import Block, Kind
from content.engines.renderer.handout import render_handout
from content.engines.renderer.press import Exceeded, confined
from content.engines.renderer.weasy import RenderRefused
from tests.engines.renderer.samples import handout
from tests.stack import wait_until

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ENOUGH = Limits(seconds=250, megabytes=1024)
PAGE = handout("es")


def printed(document, fonts, limits=ENOUGH) -> bytes:
    return confined(limits, render_handout, document, templates=TEMPLATES, fonts=fonts)


def test_the_press_prints_what_the_renderer_prints(fonts):
    assert printed(PAGE, fonts) == render_handout(PAGE, templates=TEMPLATES, fonts=fonts)


def test_a_page_without_end_is_stopped_and_the_next_is_printed(fonts):
    endless = replace(PAGE, blocks=(Block(Kind.BULLETS, ("a",) * 30_000),))
    with pytest.raises(Exceeded, match="longer than 3 seconds"):
        printed(endless, fonts, replace(ENOUGH, seconds=3))
    assert printed(PAGE, fonts).startswith(b"%PDF")


def test_an_enormous_picture_is_stopped_and_the_next_page_is_printed(fonts):
    out = BytesIO()
    Image.new("RGBA", (10_000, 10_000), (0, 80, 120, 128)).save(out, "PNG")
    logo = replace(PAGE.head, logo=out.getvalue())
    few = replace(ENOUGH, megabytes=320)
    with pytest.raises((Exceeded, RenderRefused), match="memory"):
        printed(replace(PAGE, head=logo), fonts, few)
    assert printed(PAGE, fonts, few).startswith(b"%PDF")


def test_deep_nesting_is_stopped(fonts):
    from content.engines.renderer import weasy

    nested = "<div>" * 20_000 + "x" + "</div>" * 20_000
    page = f'<!DOCTYPE html><html lang="en"><title>x</title><body>{nested}</body></html>'
    with pytest.raises((Exceeded, RenderRefused)):
        confined(replace(ENOUGH, seconds=20), weasy.render, page, {}, fonts=fonts)
    assert printed(PAGE, fonts).startswith(b"%PDF")


def test_what_is_refused_comes_back_whole(fonts):
    hidden = replace(PAGE, title="5 \u202emg", key_points=None)
    with pytest.raises(RenderRefused) as direct:
        render_handout(hidden, templates=TEMPLATES, fonts=fonts)
    with pytest.raises(RenderRefused) as passed_on:
        printed(hidden, fonts)
    assert passed_on.value.problems == direct.value.problems


def test_a_press_that_died_is_replaced(fonts):
    printed(PAGE, fonts)
    dead = press._presses[0]._process
    os.kill(dead.pid, signal.SIGKILL)
    dead.wait()
    assert printed(PAGE, fonts).startswith(b"%PDF")


def test_the_press_ends_with_its_worker():
    code = (
        "from content.engines.base import Limits\n"
        "from content.engines.renderer import press\n"
        "made = press._press(Limits(60, 1024))\n"
        "print(made._process.pid, flush=True)\n"
        "import time; time.sleep(600)\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(worker.stdout.readline())
    worker.kill()
    worker.wait()
    wait_until(lambda: not Path(f"/proc/{pid}").exists() or _is_gone(pid), 60, "for its end")


def _is_gone(pid: int) -> bool:
    """Ended, and waiting for whoever adopted it."""
    return ") Z" in Path(f"/proc/{pid}/stat").read_text()
