"""Was this easy to understand? Asked on a page of its own, so that what is read sets no cookie."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from content.languages import Language
from content.models import Publication
from content.portal.common import in_language
from content.portal.handouts import Versions, missing
from content.services import serving
from content.services.errors import Refused

ANSWERS = {"yes": True, "no": False}
# One household, or a waiting room behind one address, has more than one reader.
AT_MOST, SECONDS = 20, 600


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@in_language
def feedback(request: HttpRequest, language: Language, slug: str) -> HttpResponse:
    versions = Versions.of(slug)
    row = versions.get(language)
    if row is None:
        return missing(request, language, versions)
    given = request.POST if request.method == "POST" else request.GET
    context = {
        "language": language,
        "slug": slug,
        "choices": versions.choices,
        "publication": row,
        "easy": given.get("easy", ""),
        "comment": given.get("comment", "")[: 4 * serving.MAX_COMMENT],
        "max_comment": serving.MAX_COMMENT,
        "thanks": request.GET.get("thanks") == "1",
    }
    if request.method != "POST":
        return render(request, "portal/feedback.html", context)
    try:
        _take(request, row)
    except Refused as refused:
        context["error"], context["field"] = refused.message, refused.field
        return render(request, "portal/feedback.html", context, status=422)
    return redirect(f"{reverse('portal:feedback', args=[language, slug])}?thanks=1")


def _take(request: HttpRequest, row: Publication) -> None:
    easy = ANSWERS.get(request.POST.get("easy", ""))
    if easy is None:
        raise Refused(_("Please choose yes or no."), "easy")
    if not _may_write(request):
        raise Refused(_("Too many answers came from here. Please try again later."))
    serving.take_feedback(row, easy, request.POST.get("comment", ""))


def _may_write(request: HttpRequest) -> bool:
    """At most so many answers from one address in a while; the address itself is not kept."""
    place = get_adapter().get_client_ip(request)
    key = f"feedback:{hashlib.sha256(place.encode()).hexdigest()[:24]}"
    cache.add(key, 0, SECONDS)
    return int(cache.incr(key)) <= AT_MOST
