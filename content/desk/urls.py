from django.urls import path

from content.desk import (
    assessments,
    editing,
    editions,
    home,
    publications,
    requests,
    sources,
    translations,
)

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("requests/<int:pk>/", requests.page, name="request"),
    path("requests/<int:pk>/status/", requests.status, name="request-status"),
    path("requests/<int:pk>/cancel/", requests.cancel, name="request-cancel"),
    path("sources/<int:pk>/", sources.page, name="source"),
    path("editions/<int:pk>/", editions.page, name="edition"),
    path("editions/<int:pk>/segments/<int:segment>/", editing.edit, name="edition-edit"),
    path("editions/<int:pk>/segments/<int:segment>/check/", editing.check, name="edition-check"),
    path("editions/<int:pk>/segments/<int:segment>/undo/", editing.undo, name="edition-undo"),
    path("editions/<int:pk>/approve/", editions.approve, name="edition-approve"),
    path("editions/<int:pk>/return/", editions.give_back, name="edition-return"),
    path("editions/<int:pk>/resubmit/", editions.resubmit, name="edition-resubmit"),
    path("editions/<int:pk>/new/", editions.new, name="edition-new"),
    path("editions/<int:pk>/assessments/<str:instrument>/", assessments.page, name="assessment"),
    path(
        "editions/<int:pk>/assessments/<str:instrument>/save/",
        assessments.save,
        name="assessment-save",
    ),
    path("translations/<int:pk>/", translations.page, name="translation"),
    path("translations/<int:pk>/status/", translations.status, name="translation-status"),
    path("translations/<int:pk>/segments/<int:row>/", translations.edit, name="translation-edit"),
    path("translations/<int:pk>/xliff/", translations.export, name="translation-export"),
    path("translations/<int:pk>/file/", translations.take_back, name="translation-import"),
    path("translations/<int:pk>/approve/", translations.approve, name="translation-approve"),
    path("findings/<int:pk>/override/", editions.override, name="override"),
    path("publications/<int:pk>/", publications.page, name="publication"),
    path("publications/<int:pk>/status/", publications.status, name="publication-status"),
    path("publications/<int:pk>/withdraw/", publications.withdraw, name="publication-withdraw"),
    path("retry/<str:kind>/<int:pk>/", requests.retry, name="retry"),
]
