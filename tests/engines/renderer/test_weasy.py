import hashlib
import socket
import subprocess
import sys
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest

from content.engines.base import PermanentEngineError
from content.engines.renderer.weasy import RenderRefused, render

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Test</title>'
    "<style>body{{font-family:'Noto Sans'}}</style></head><body>{}</body></html>"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
LEAKY_SVG = SVG.replace("<rect", '<image href="file:///etc/passwd" width="9" height="9"/><rect')
STYLED_SVG = SVG.replace("<rect", "<style>@import url(http://127.0.0.1:9/x.css);</style><rect")
BORROWING_SVG = SVG.replace("<rect", '<use href="http://127.0.0.1:9/x.svg#y"/><rect')
PICTURES = {
    f"{name}.svg": (body.encode(), "image/svg+xml")
    for name, body in (("leaky", LEAKY_SVG), ("styled", STYLED_SVG), ("borrowing", BORROWING_SVG))
}

FORBIDDEN = [
    '<img src="file:///etc/hostname" alt="x"/>',
    '<img src="http://127.0.0.1:9/x.png" alt="x"/>',
    '<img src="https://example.org/x.png" alt="x"/>',
    '<img src="data:image/svg+xml,%3Csvg%3E%3C/svg%3E" alt="x"/>',
    "<img alt='x' src='data:image/svg+xml,%3Csvg%3E%3Cuse href=\"http://127.0.0.1:9/x%23y\"/%3E%3C/svg%3E'/>",
    '<img src="ftp://127.0.0.1:9/x.png" alt="x"/>',
    '<img src="//127.0.0.1:9/x.png" alt="x"/>',
    '<img src="FILE:/etc/hostname" alt="x"/>',
    '<img src="asset:styled.svg" alt="x"/>',
    '<img src="secret.png" alt="x"/>',
    '<img src="asset:unknown.svg" alt="x"/>',
    '<img src="asset:leaky.svg" alt="x"/>',
    '<base href="file:///etc/"/><img src="hostname" alt="x"/>',
    '<link rel="stylesheet" href="file:///etc/hostname"/>',
    '<link rel="attachment" href="file:///etc/hostname"/>',
    '<a rel="attachment" href="file:///etc/hostname">x</a>',
    "<style>@import url(file:///etc/hostname);</style>",
    '<p style="background:url(file:///etc/hostname)">x</p>',
    "<style>@font-face{font-family:q;src:url(file:///etc/hostname)}p{font-family:q}</style><p>x</p>",
    '<object data="file:///etc/hostname"></object>',
    '<embed src="file:///etc/hostname"/>',
]


@pytest.mark.parametrize("body", FORBIDDEN)
def test_nothing_outside_is_loaded(fonts, body):
    with pytest.raises(RenderRefused, match=r"not part of it|Failed to (render SVG|load image)"):
        render(PAGE.format(body), PICTURES, fonts=fonts)


def test_nobody_is_called(fonts):
    """Whatever is refused or passed over: not one connection is made."""
    with socket.create_server(("127.0.0.1", 0)) as house:
        house.setblocking(False)
        here = f"127.0.0.1:{house.getsockname()[1]}"
        pictures = {
            name: (body.replace(b"127.0.0.1:9", here.encode()), kind)
            for name, (body, kind) in PICTURES.items()
        }
        tags = [body.replace("127.0.0.1:9", here) for body in FORBIDDEN]
        for body in [*tags, '<img src="asset:borrowing.svg" alt="x"/>']:
            with suppress(RenderRefused):
                render(PAGE.format(body), pictures, fonts=fonts)
        with pytest.raises(BlockingIOError):
            house.accept()


def test_an_asset_is_loaded(fonts):
    assets = {"logo.svg": (SVG.encode(), "image/svg+xml")}
    body = '<h1>A</h1><img src="asset:logo.svg" alt="Logo"/>'
    assert render(PAGE.format(body), assets, fonts=fonts).startswith(b"%PDF")


UNPRINTABLE = [("𒀀", "U+12000"), ("\ue123", "U+E123"), ("😀", "U+1F600")]


@pytest.mark.parametrize(("char", "code"), UNPRINTABLE)
def test_a_character_without_a_glyph_is_named(fonts, char, code):
    with pytest.raises(RenderRefused) as caught:
        render(PAGE.format(f"<p>Take {char} daily</p>"), {}, fonts=fonts)
    assert code in str(caught.value)
    assert char in caught.value.problems[0]


def test_a_character_that_is_none_is_named(fonts):
    with pytest.raises(RenderRefused, match=r"cannot be printed \(U\+0003\)"):
        render(PAGE.format("<p>Take \x03 daily</p>"), {}, fonts=fonts)


def test_a_page_that_is_no_xml_is_refused(fonts):
    with pytest.raises(RenderRefused, match="not well-formed: mismatched tag"):
        render(PAGE.format("<p>Take it daily"), {}, fonts=fonts)


@pytest.mark.parametrize("style", ["colour: red", "text-wrap: balance", "width: 5 mm"])
def test_a_warning_is_a_refusal(fonts, style):
    with pytest.raises(RenderRefused, match="renderer warns"):
        render(PAGE.format(f'<p style="{style}">x</p>'), {}, fonts=fonts)


def test_a_refusal_is_an_ordinary_exception(fonts):
    assert issubclass(RenderRefused, PermanentEngineError)
    with pytest.raises(RenderRefused):
        render(PAGE.format(FORBIDDEN[0]), {}, fonts=fonts)
    assert render(PAGE.format("<p>Next</p>"), {}, fonts=fonts).startswith(b"%PDF")


def test_a_font_of_the_machine_is_never_used(fonts):
    body = "<h1 style='font-family: DejaVu Sans, Arial, serif'>Take 5 mg</h1>"
    with pikepdf.open(BytesIO(render(PAGE.format(body), {}, fonts=fonts))) as pdf:
        names = {str(o.BaseFont) for o in pdf.objects if "/BaseFont" in getattr(o, "keys", dict)()}
    assert names
    assert all("Noto" in name for name in names)


IN_ANOTHER_PROCESS = """
import hashlib, pathlib, sys
from content.engines.renderer.weasy import render
html = sys.stdin.read()
print(hashlib.sha256(render(html, {}, fonts=pathlib.Path(sys.argv[1]))).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes(fonts):
    html = PAGE.format("<h1>Take 5-10 mg</h1><p lang='ar' dir='rtl'>مرة واحدة</p><p>每天</p>")
    first = render(html, {}, fonts=fonts)
    render(PAGE.format("<p>Другой документ</p>"), {}, fonts=fonts)
    assert render(html, {}, fonts=fonts) == first
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(fonts)]
    digest = subprocess.run(command, input=html, capture_output=True, text=True, check=True)
    assert digest.stdout.strip() == hashlib.sha256(first).hexdigest()
