"""Addresses of the public pages. A reference may stand in one, a secret never.

But for the link of a task: it opens one page once and leads on to an address without.
"""

from django.urls import path, register_converter

from dsr.portal.converters import ReferenceConverter
from dsr.portal.views import case, confirm, policy, receipt, status, task, wizard

register_converter(ReferenceConverter, "reference")

app_name = "portal"

urlpatterns = [
    path("", wizard.start, name="start"),
    path("request/", wizard.details, name="request"),
    path("reach/", wizard.reach, name="reach"),
    path("check/", wizard.check, name="check"),
    path("start-again/", wizard.start_again, name="start_again"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/answer-due.ics", receipt.calendar, name="calendar"),
    path("confirm/", status.door, name="confirm"),
    path("confirm/<reference:reference>/", confirm.confirm, name="confirm"),
    path("confirm/<reference:reference>/again/", confirm.again, name="again"),
    path("status/", status.door, name="status"),
    path("status/<reference:reference>/", status.status, name="status"),
    path("status/<reference:reference>/write/", case.write, name="write"),
    path("status/<reference:reference>/withdraw/", case.withdraw, name="withdraw"),
    path("status/<reference:reference>/letters/<int:pk>/", case.letter, name="letter"),
    path(
        "status/<reference:reference>/recipients/", case.recipients, name="recipients"
    ),
    path("status/<reference:reference>/leave/", case.leave, name="leave"),
    path("task/<int:pk>/", task.task, name="task"),
    path("task/<int:pk>/<slug:token>/", task.link, name="task_link"),
    path("complain/", policy.complain, name="complain"),
    path("privacy/", policy.privacy, name="privacy"),
    path("preferences/", policy.preferences, name="preferences"),
]
