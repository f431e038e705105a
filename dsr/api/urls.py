"""The addresses of the interface, under `api/v1/`."""

from django.urls import path

from dsr.api import views
from dsr.api.processing import Processing

app_name = "api"
urlpatterns = [
    path("processing/", Processing.as_view(), name="processing"),
    path("tickets/", views.TicketList.as_view(), name="tickets"),
    path("tickets/<int:pk>/<slug:act>/", views.TicketAct.as_view(), name="act"),
    path("cases/", views.CaseList.as_view(), name="cases"),
    path("cases/<slug:reference>/", views.CaseDetail.as_view(), name="case"),
    path(
        "cases/<slug:reference>/<slug:act>/",
        views.CaseAct.as_view(),
        name="case_act",
    ),
    path(
        "restrictions/<int:pk>/<slug:act>/",
        views.RestrictionAct.as_view(),
        name="restriction_act",
    ),
]
