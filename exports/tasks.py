"""Celery's door to what goes out. Beat opens it; nothing is decided here."""

from celery import shared_task
from django.utils import timezone

from exports import building, expiry


@shared_task(name="exports.build_packages", ignore_result=True)
def build_packages() -> None:
    """Build the packages that are owed, and throw away what nobody is to have."""
    building.build_packages(at=timezone.now())


@shared_task(name="exports.expire_packages", ignore_result=True)
def expire_packages() -> None:
    """Delete the packages whose time is over; remind of those that go next."""
    expiry.expire_packages(at=timezone.now())
    expiry.remind_of_packages(at=timezone.now())
