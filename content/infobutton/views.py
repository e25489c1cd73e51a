"""`GET /infobutton/service`: speaks what MedlinePlus Connect speaks, in every published language."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from content.infobutton import asking, feeds, finding
from content.infobutton.asking import BadQuestion, Form, Question
from content.infobutton.gate import Caller, door
from content.models import Tally
from content.services import serving

_DESCRIPTION = Path(__file__).with_name("openapi.json")


def refuse(request: HttpRequest, status: int, message: str, parameter: str = "") -> HttpResponse:
    """A short error in the form that was asked for; never as a script, which would run."""
    form = asking.form_of(asking.given(request.GET))
    what = {"status": status, "message": message, "parameter": parameter}
    if form in (Form.JSON, Form.JSONP):
        return _typed(_json({"error": what}), Form.JSON, status)
    return _typed(render_to_string("infobutton/error.xml", what), Form.ATOM, status)


@door(refuse)
def service(request: HttpRequest, caller: Caller) -> HttpResponse:
    try:
        question = asking.read(request.GET)
    except BadQuestion as bad:
        return refuse(request, 400, bad.message, bad.parameter)
    found = finding.answer(question)
    if request.method == "GET":
        for row in found:
            serving.count(row.publication, Tally.Kind.ANSWERED, caller.clinic)
    answer = feeds.feed(question, found)
    response = _typed(_written(answer, question), question.form)
    response["Content-Language"] = answer.lang
    return response


def _written(answer: feeds.Feed, question: Question) -> str:
    if question.form is Form.ATOM:
        return feeds.as_atom(answer)
    if question.form is Form.JSON:
        return _json(feeds.as_json(answer))
    # In ASCII: two of the line ends of Unicode would break a script of older browsers. The comment
    # keeps an answer from being taken for anything that begins with the caller's own letters.
    return f"/**/{question.callback}({json.dumps(feeds.as_json(answer))});"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _typed(text: str, form: Form, status: int = 200) -> HttpResponse:
    return HttpResponse(text, content_type=f"{form}; charset=utf-8", status=status)


@door(refuse)
def openapi(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The description of the doors for programs, with the address of this site."""
    description = json.loads(_DESCRIPTION.read_text(encoding="utf-8"))
    description["info"]["version"] = settings.VERSION
    description["servers"] = [{"url": settings.PUBLIC_URL}]
    return _typed(_json(description), Form.JSON)
