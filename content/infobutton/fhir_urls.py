from django.urls import path, re_path

from content.infobutton import fhir_views as views

app_name = "fhir"
urlpatterns = [
    path("metadata", views.metadata, name="metadata"),
    path("DocumentReference", views.documents, name="documents"),
    path("DocumentReference/<str:key>", views.document, name="document"),
    path("Binary/<str:key>", views.binary, name="binary"),
    re_path(r"", views.unknown),
]
