"""What Celery is told, each with its reason; `config.celery` reads it when needed."""

from django.conf import settings

from config.timetable import TIMETABLE

VISIBILITY = 3600  # seconds; longer than any task may run, or it would run twice

broker_url = settings.REDIS_URL
broker_transport_options = {
    "visibility_timeout": VISIBILITY,
    # A message whose worker was killed comes back after seconds, not minutes.
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
broker_connection_retry_on_startup = True
task_ignore_result = True  # results stand in our own tables
task_acks_late = True  # a killed worker's task runs again; every task may
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
task_time_limit = VISIBILITY - 600
task_soft_time_limit = VISIBILITY - 900
task_serializer = "json"
accept_content = ["json"]
worker_hijack_root_logger = False
beat_schedule = TIMETABLE
timezone = settings.TIME_ZONE
