"""A request as HL7 Infobutton spells it in an address, read into one question.

The full parameter set is accepted in any case of letters. What is used: the main search criteria
(``mainSearchCriteria.v.c|cs|dn|ot``, the deprecated ``mainSearchCriteria.c.*``, and the numbered
``….v.c1`` of further criteria), the recipient's language, the form of the answer and the name of a
callback. Age, sex, task, encounter and the rest are neither used nor kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict

from content import languages
from content.infobutton import codes
from content.infobutton.codes import System
from content.languages import Language

MAX_VALUE = 200  # characters of a parameter
MAX_CRITERIA = 5
_CRITERION = re.compile(r"mainsearchcriteria\.([vc])\.(cs|c|dn|ot)(\d{0,2})")
_LANGUAGE = "informationrecipient.languagecode.c"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
# What XML 1.0 cannot hold, NUL among it, which PostgreSQL cannot either.
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Form(StrEnum):
    ATOM = "text/xml"
    JSON = "application/json"
    JSONP = "application/javascript"


_FORMS = {
    "": Form.ATOM, "xml": Form.ATOM, "text/xml": Form.ATOM, "application/xml": Form.ATOM,
    "application/atom+xml": Form.ATOM, "json": Form.JSON, "application/json": Form.JSON,
    "application/javascript": Form.JSONP, "text/javascript": Form.JSONP,
}  # fmt: skip


class BadQuestion(Exception):
    """A request that cannot be answered, with the name of the parameter at fault."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.message = message


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the handouts should be about: a code, a name, or both; "" where there is none."""

    system: System
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """``language`` is None where the library knows no language of the code that was sent."""

    criteria: tuple[Criterion, ...]
    language: Language | None
    form: Form
    callback: str = ""


Given = dict[str, str]


def clean(value: str) -> str:
    return " ".join(_UNSPEAKABLE.sub(" ", value[:MAX_VALUE]).split())


def given(query: QueryDict) -> Given:
    """The first value that says anything of every parameter, by its name in small letters."""
    found: Given = {}
    for name, values in query.lists():
        said = next(filter(None, map(clean, values)), "")
        key = name.strip().lower()
        found[key] = found.get(key) or said
    return found


def form_of(parameters: Given) -> Form | None:
    """The form asked for; None where there is no such form."""
    asked = parameters.get("knowledgeresponsetype", "").partition(";")[0].strip().lower()
    form = _FORMS.get(asked)
    # Without a callback, the JavaScript that was asked for can only be its JSON.
    return Form.JSON if form is Form.JSONP and not parameters.get("callback") else form


def read(query: QueryDict) -> Question:
    parameters = given(query)
    form = form_of(parameters)
    if form is None:
        raise BadQuestion(
            "knowledgeResponseType", f"The form of the answer must be one of {', '.join(Form)}."
        )
    callback = parameters.get("callback", "") if form is Form.JSONP else ""
    if callback and not _CALLBACK.fullmatch(callback):
        raise BadQuestion("callback", "The callback must be a plain JavaScript name.")
    tag = parameters.get(_LANGUAGE, "")
    language = languages.from_tag(tag) if tag else languages.ENGLISH
    return Question(tuple(_criteria(parameters)), language, form, callback)


def _criteria(parameters: Given) -> Iterator[Criterion]:
    told = _told(parameters)
    if not any("cs" in fields for fields in told.values()):
        raise BadQuestion("mainSearchCriteria.v.cs", "The code system is missing. Send its OID.")
    for number in sorted(told)[:MAX_CRITERIA]:
        yield _criterion(told[number], str(number) if number else "")


def _told(parameters: Given) -> dict[int, dict[str, str]]:
    """What was said of every criterion, by its number; the current names win over deprecated ones."""
    told: dict[int, dict[str, str]] = {}
    for name in sorted(parameters, reverse=True):
        found = _CRITERION.fullmatch(name)
        if found and parameters[name]:
            _group, field, number = found.groups()
            told.setdefault(int(number or 0), {}).setdefault(field, parameters[name])
    return told


def _criterion(fields: dict[str, str], number: str) -> Criterion:
    oid = fields.get("cs", "")
    system = codes.by_oid(oid)
    if system is None:
        known = ", ".join(f"{one.oid} ({one.shown})" for one in codes.SYSTEMS)
        raise BadQuestion(
            f"mainSearchCriteria.v.cs{number}",
            f"Unknown code system “{oid}”. Known ones: {known}." if oid
            else "The code system is missing. Send its OID.",
        )  # fmt: skip
    code, name = fields.get("c", ""), fields.get("dn") or fields.get("ot", "")
    if not code and not name:
        raise BadQuestion(
            f"mainSearchCriteria.v.c{number}", "Send a code, or a name as mainSearchCriteria.v.dn."
        )
    return Criterion(system, code, name)
