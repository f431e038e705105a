"""Addresses of what goes out. A ticket's number says nothing about a person."""

from django.urls import path

from exports import delivery

app_name = "exports"

urlpatterns = [path("<int:ticket_id>/", delivery.package, name="package")]
