"""What programs read: robots.txt, sitemaps, the manifest and service worker of the offline copy."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from content import languages
from content.languages import Language
from content.models import Publication
from content.portal.common import address, home_choices, in_language, page

ADDRESSES_ON_A_SITEMAP = 10_000  # the protocol allows 50,000
MOST_SITEMAPS = 50_000  # in one index, by the protocol
BRAND, PAPER = "#0b4f6c", "#ffffff"
SHELL = ("portal/portal.css", "portal/portal.js", "portal/icon.svg")
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HOUR = cache_control(public=True, max_age=3600)


@require_safe
@_HOUR
def robots(request: HttpRequest) -> HttpResponse:
    closed = ("/desk/", "/admin/", "/account/", "/*?q=", "/*/feedback/", "/*large*.pdf",
              "/*bilingual*.pdf")  # fmt: skip
    rules = "\n".join(f"Disallow: {path}" for path in closed)
    sitemap = f"{settings.PUBLIC_URL}{reverse('portal:sitemaps')}"
    text = f"User-agent: *\n{rules}\n\nSitemap: {sitemap}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


# --- sitemaps -----------------------------------------------------------------------------------


@require_safe
@gzip_page
@_HOUR
def sitemaps(request: HttpRequest) -> HttpResponse:
    """The index: for each language as many sitemaps as its pages need."""
    parts = [
        (language, part)
        for language in Publication.objects.public_languages()
        for part in range(1, -(-_pages(language).count() // ADDRESSES_ON_A_SITEMAP) + 1)
    ]
    addresses = ((reverse("portal:sitemap", args=parts_of), None) for parts_of in parts)
    return _xml(
        "sitemapindex", "sitemap", ((settings.PUBLIC_URL + path, day) for path, day in addresses)
    )


@require_safe
@gzip_page
@_HOUR
def sitemap(request: HttpRequest, language: Language, part: int) -> HttpResponse:
    first = (part - 1) * ADDRESSES_ON_A_SITEMAP
    rows = _pages(language.code).order_by("pk").values_list("handout__slug", "published_at")
    found = list(rows[first : first + ADDRESSES_ON_A_SITEMAP]) if 0 < part <= MOST_SITEMAPS else []
    if not found:
        raise Http404
    return _xml("urlset", "url", ((address(language, slug), at) for slug, at in found))


def _pages(language: str) -> QuerySet[Publication]:
    return Publication.objects.public().filter(language=language)


def _xml(root: str, entry: str, found: Iterable[tuple[str, dt.datetime | None]]) -> HttpResponse:
    entries = format_html_join(
        "\n",
        f"<{entry}><loc>{{}}</loc>{{}}</{entry}>",
        (
            (url, format_html("<lastmod>{}</lastmod>", localdate(at).isoformat()) if at else "")
            for url, at in found
        ),
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_SITEMAPS}">\n{entries}\n</{root}>\n'
    return HttpResponse(text, content_type="application/xml")


# --- the copy on a phone --------------------------------------------------------------------------


@require_safe
@_HOUR
@in_language
def manifest(request: HttpRequest, language: Language) -> JsonResponse:
    """The portal as an app of a phone, in the language in which it was installed."""
    start = reverse("portal:home", args=[language])
    data = {
        "id": start,
        "name": f"{settings.CLINIC_NAME}: {_('Health information')}",
        "short_name": settings.CLINIC_NAME[:30],
        "lang": language.code,
        "dir": str(language.direction),
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "theme_color": BRAND,
        "background_color": PAPER,
        "icons": [
            {"src": staticfiles_storage.url(f"portal/icon-{size}.png"), "sizes": f"{size}x{size}",
             "type": "image/png", "purpose": "any"}
            for size in (192, 512)
        ],
    }  # fmt: skip
    return JsonResponse(data, content_type="application/manifest+json")


@require_safe
@page
def offline(request: HttpRequest, language: Language) -> HttpResponse:
    """What the service worker shows for a page that is not on the phone."""
    context = {"language": language, "choices": home_choices()}
    return render(request, "portal/offline.html", context)


@require_safe
@cache_control(public=True, no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, with the names of the files that every page needs: a new release is a new cache."""
    shell = [staticfiles_storage.url(name) for name in SHELL]
    codes = [language.code for language in languages.LANGUAGES]
    release = hashlib.sha256(f"{settings.VERSION} {shell}".encode()).hexdigest()[:12]
    context = {
        "release": json.dumps(f"portal-{release}"),
        "shell": json.dumps(shell),
        "languages": json.dumps(codes),
        "static": json.dumps(settings.STATIC_URL),
    }
    text = render_to_string("portal/sw.js", context)
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")
