from django.urls import path, register_converter

from content import languages
from content.portal import views


class LanguageConverter:
    """A language of the table, in its own spelling (`pt-BR`, `zh-Hans`)."""

    regex = "|".join(language.code for language in languages.LANGUAGES)

    def to_python(self, value: str) -> languages.Language:
        return languages.get(value)

    def to_url(self, value: languages.Language | str) -> str:
        return value if isinstance(value, str) else value.code


register_converter(LanguageConverter, "lang")

app_name = "portal"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("<lang:language>/", views.home, name="home"),
    path("<lang:language>/<slug:slug>/", views.handout, name="handout"),
    path("<lang:language>/<slug:slug>/handout-<str:paper>.pdf", views.pdf, name="pdf"),
]
