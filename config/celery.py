"""The Celery application: workers woken by beat. What is due stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("rightsdesk")
app.config_from_object("config.queue")  # read when first needed, not at import
app.autodiscover_tasks()
