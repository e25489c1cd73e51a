from django.urls import path, register_converter

from content import languages
from content.portal import feedback, files, machines, views


class LanguageConverter:
    """A language of the table, in its own spelling (`pt-BR`, `zh-Hans`)."""

    regex = "|".join(language.code for language in languages.LANGUAGES)

    def to_python(self, value: str) -> languages.Language:
        return languages.get(value)

    def to_url(self, value: languages.Language | str) -> str:
        return value if isinstance(value, str) else value.code


register_converter(LanguageConverter, "lang")

app_name = "portal"
# The slug of a handout holds no dot: names with one cannot be mistaken for it.
urlpatterns = [
    path("", views.choose, name="choose"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemaps, name="sitemaps"),
    path("sitemap-<lang:language>-<int:part>.xml", machines.sitemap, name="sitemap"),
    path("sw.js", machines.service_worker, name="service_worker"),
    path("<lang:language>/", views.home, name="home"),
    path("<lang:language>/manifest.webmanifest", machines.manifest, name="manifest"),
    path("<lang:language>/offline.html", machines.offline, name="offline"),
    path("<lang:language>/topics/<slug:area>/", views.shelf, name="shelf"),
    path("<lang:language>/<slug:slug>/", views.handout, name="handout"),
    path("<lang:language>/<slug:slug>/handout-<str:form>.pdf", files.pdf, name="pdf"),
    path("<lang:language>/<slug:slug>/recording", files.recording, name="recording"),
    path("<lang:language>/<slug:slug>/qr.svg", files.qr, name="qr"),
    path("<lang:language>/<slug:slug>/feedback/", feedback.feedback, name="feedback"),
]
