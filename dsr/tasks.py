"""Celery's doors to casework. Beat opens them; nothing is decided here."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from dsr import casework
from dsr.casework import errand_mails
from dsr.casework.sending_logs import compare_logs
from dsr.intake.desk_mails import send_desk_mails
from dsr.intake.fetching.mailboxes import fetch_due
from dsr.models import Guess


@shared_task(name="dsr.fire_timers")
def fire_timers() -> None:
    """Fire the timers that have come due."""
    casework.fire_timers(at=timezone.now())


@shared_task(name="dsr.send_letters")
def send_letters() -> None:
    """Pass on what took effect at once, then send the letters that wait."""
    casework.go_on_at_once(at=timezone.now())
    casework.send_letters(at=timezone.now())
    errand_mails.send_errands(at=timezone.now())
    send_desk_mails(at=timezone.now())


@shared_task(name="dsr.search_systems")
def search_systems() -> None:
    """Search the systems for the tickets that wait."""
    casework.search_systems(at=timezone.now())


@shared_task(name="dsr.carry_out_orders")
def carry_out_orders() -> None:
    """Carry out in the systems what is ordered there."""
    casework.carry_out_orders(at=timezone.now())


@shared_task(name="dsr.compare_sending_logs")
def compare_sending_logs() -> None:
    """Compare what the systems sent with the suppression list."""
    compare_logs(at=timezone.now())


@shared_task(name="dsr.fetch_mailboxes")
def fetch_mailboxes() -> None:
    """Take in what is new in the mailboxes whose turn it is."""
    fetch_due(now=timezone.now)


@shared_task(name="dsr.delete_expired")
def delete_expired() -> None:
    """Delete the desk's own data whose time is over."""
    casework.delete_expired(at=timezone.now())


@shared_task(name="dsr.sweep_files")
def sweep_files() -> None:
    """Delete the files that a killed process left and no row names."""
    casework.sweep_files(at=timezone.now())


@shared_task(name="dsr.forget_visits")
def forget_visits() -> None:
    """Forget ended sessions, with the drafts in them, and yesterday's wrong guesses."""
    SessionStore.clear_expired()
    Guess.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
