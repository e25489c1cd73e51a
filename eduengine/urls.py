"""The doors: staff at /account/, /admin/, /desk/ and /clinic/, health records at /infobutton/ and
/fhir/, programs that watch, and patients everywhere else."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from content.infobutton.views import openapi

urlpatterns = [
    path("", include("content.operation.urls")),
    # Staff land on the desk; the admin's own front page lists tables.
    path(settings.STAFF_ENTRANCE.removeprefix("/"), include("eduengine.account_urls")),
    path("admin/login/", secure_admin_login(admin.site.login)),
    path("admin/", RedirectView.as_view(pattern_name="desk:home")),
    path("admin/", admin.site.urls),
    path("desk/", include("content.desk.urls")),
    path("clinic/", include("content.clinic.urls")),
    path("openapi.json", openapi),
    path("infobutton/", include("content.infobutton.urls")),
    path("fhir/", include("content.infobutton.fhir_urls")),
    path("", include("content.portal.urls")),
]
