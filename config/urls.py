"""The doors: the portal, the desk, the API, and what goes out to people.

Public pages carry their language in the address, so that a link, a bookmark and
a mail all lead to the language that was read.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from dsr.desk.site import desk

admin.autodiscover()  # each application's `admin` module adds its pages to the desk

handler400 = "dsr.portal.errors.bad_request"
handler403 = "dsr.portal.errors.forbidden"
handler404 = "dsr.portal.errors.not_found"
handler500 = "dsr.portal.errors.server_error"

urlpatterns = [
    path("desk/", desk.urls),
    path("api/v1/", include("dsr.api.urls")),
    *i18n_patterns(
        path("package/", include("exports.urls")),
        path("", include("dsr.portal.urls")),
    ),
]
