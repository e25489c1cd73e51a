"""The forms of the admin: a request, a house term."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from content import languages
from content.models import Clinic, Purpose, Request, Source, TermbaseEntry
from content.services import drafting, termbase, vetting
from content.services.errors import PatientData, Refused
from content.text.interchange.terms import split_list
from content.text.marks import marked

LISTED = 200
SELECT_CLASSES = (
    "w-full max-w-2xl border border-base-200 rounded-default bg-white px-3 py-2 text-font-default-light"
    " dark:bg-base-900 dark:border-base-700 dark:text-font-default-dark"
)


class SourceChoiceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        label = f"{obj.title} — {obj.publisher} ({obj.live})"
        return f"{label} — {vetting.overdue(obj)}" if obj.is_expired else label


def _sources() -> Any:
    return Source.objects.filter(language="en").counted().order_by("title")


def _grouped_languages(clinic: Clinic | None) -> list[Any]:
    """The languages that this clinic asks for stand first, the most wanted at the top."""
    usual = drafting.usual_languages(clinic)
    often = [language_choice(languages.get(code)) for code in usual]
    others = [language_choice(lang) for lang in languages.translated() if lang.code not in usual]
    return [(_("Often asked for here"), often), (_("All others"), others)] if often else others


def language_choice(lang: languages.Language) -> tuple[str, str]:
    return lang.code, f"{lang.endonym} · {lang.name}"


class RequestForm(forms.ModelForm):  # type: ignore[type-arg]
    """Says what is wrong beside the field, by the same rules as the service that saves."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        choices=[language_choice(lang) for lang in languages.translated()],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("The handout is always published in English. Add the languages you need."),
    )
    sources = SourceChoiceField(
        label=_("Sources"),
        queryset=Source.objects.none(),
        widget=forms.SelectMultiple(
            attrs={
                "size": 8, "class": SELECT_CLASSES, "data-search": reverse_lazy("desk:source-search"),
                "data-label": _("Search the library: a title, a topic, words, or a code such as E11.9"),
                "data-none": _("Nothing found."), "data-remove": _("Remove"),
                "data-preview": _("What it says"), "data-chosen": _("Chosen sources"),
            }
        ),
        help_text=_("The handout says nothing that is not in these sources. "
                    "The number of statements is in brackets."),
        error_messages={"required": _("Choose at least one source.")},
    )  # fmt: skip

    class Meta:
        model = Request
        fields = ["topic", "sources", "purpose", "audience", "grade", "languages", "due", "note"]
        widgets = {
            "topic": UnfoldAdminTextInputWidget,
            "purpose": UnfoldAdminSelectWidget,
            "audience": UnfoldAdminSelectWidget,
            "grade": UnfoldAdminIntegerFieldWidget,
            "due": UnfoldAdminSingleDateWidget(),
            "note": UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        }

    # Whose usual languages stand first: set by the admin for the person who asks.
    clinic: Clinic | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = _grouped_languages(self.clinic)  # type: ignore[attr-defined]
        self._offer_sources()

    def _offer_sources(self) -> None:
        """All of them may be chosen; a list shows the first of a large library, and the chosen ones."""
        field: Any = self.fields["sources"]
        field.queryset = _sources()
        chosen = self.data.getlist("sources") if hasattr(self.data, "getlist") else []
        keys = [key for key in chosen if key.isdigit()]
        shown = {
            row.pk: row for row in (*field.queryset[:LISTED], *field.queryset.filter(pk__in=keys))
        }
        field.widget.choices = [(pk, field.label_from_instance(row)) for pk, row in shown.items()]

    def clean_topic(self) -> str:
        topic: str = self.cleaned_data["topic"]
        ask(drafting.check_words, topic, "")
        return topic

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        ask(drafting.check_due, due)
        return due

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        ask(drafting.refuse_patient_data, note, "note")
        return note

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("sources") and cleaned.get("purpose"):
            try:
                drafting.check_statements(Purpose(cleaned["purpose"]), list(cleaned["sources"]))
            except Refused as refused:
                self.add_error("sources", refused.message)
        return cleaned


def ask(check: Any, *args: Any) -> None:
    """Say the refusal of a service beside the field that is being cleaned."""
    try:
        check(*args)
    except PatientData as refused:
        raise ValidationError(format_html("{} {}", refused.message, _marked(refused))) from refused
    except Refused as refused:
        raise ValidationError(refused.message) from refused


def _marked(refused: PatientData) -> SafeString:
    """What the person wrote, with the words at fault marked where they stand."""
    pieces = {"pieces": marked(refused.text, refused.spans)}
    return format_html('<q dir="auto">{}</q>', render_to_string("desk/pieces.html", pieces))


class WordsField(forms.CharField):
    """A list of words, written as "one; two"."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return list(split_list(value or ""))


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(label=_("Language"), widget=UnfoldAdminSelectWidget)
    variants = WordsField(
        label=_("Also accepted"), required=False, help_text=_("Separate words by semicolons.")
    )
    forbidden = WordsField(
        label=_("Forbidden"), required=False,
        help_text=_("Words that must not stand for it. They hold back approval."),
    )  # fmt: skip

    class Meta:
        model = TermbaseEntry
        fields = ("language", "source", "preferred", "variants", "forbidden", "keep")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, one.name) for one in languages.translated()]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        for name in ("preferred", "variants", "forbidden"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def clean_source(self) -> str:
        return " ".join(self.cleaned_data["source"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            termbase.need_new(cleaned.get("language", ""), cleaned.get("source", ""), self.instance)
        except Refused as refused:
            self.add_error(refused.field, refused.message)
        return cleaned
