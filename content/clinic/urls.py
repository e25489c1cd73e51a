from django.urls import path

from content.clinic import bundles, library, recordings, settings, use

app_name = "clinic"
urlpatterns = [
    path("", library.library, name="home"),
    path("choose/", library.choose, name="choose"),
    path("favourites/<int:pk>/", library.favour, name="favour"),
    path("pdf/<int:pk>/<str:slug>/", library.pdf, name="pdf"),
    path("chosen/", bundles.chosen, name="chosen"),
    path("files/", bundles.listed, name="bundles"),
    path("files/<int:pk>/", bundles.watched, name="bundle"),
    path("files/<int:pk>/status/", bundles.status, name="bundle-status"),
    path("files/<int:pk>/cancel/", bundles.cancel, name="bundle-cancel"),
    path("files/<int:pk>/again/", bundles.again, name="bundle-again"),
    path("files/<int:pk>/file/", bundles.download, name="bundle-file"),
    path("head/", settings.head, name="head"),
    path("head/logo/", settings.logo, name="logo"),
    path("tokens/", settings.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", settings.revoke, name="token-revoke"),
    path("recordings/<int:pk>/", recordings.recording, name="recording"),
    path("recordings/<int:pk>/sound/", recordings.sound, name="sound"),
    path("recordings/<int:pk>/remove/", recordings.remove, name="recording-remove"),
    path("use/", use.use, name="use"),
    path("use/export/", use.export, name="use-export"),
]
