"""What moves the legal date, and what rings before it."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockEventKind(models.TextChoices):
    """What moves the legal date; the words are those of `dsr.clock.events`."""

    IDENTITY_ASKED = "identity_asked", _("proof of identity asked for")
    IDENTITY_INSUFFICIENT = "identity_insufficient", _("proof was not sufficient")
    IDENTITY_OK = "identity_ok", _("identity established")
    CLARIFICATION_ASKED = "clarification_asked", _("clarification asked for")
    CLARIFIED = "clarified", _("clarified")
    EXTENSION_NOTIFIED = "extension_notified", _("extension notified")
    REOPENED = "reopened", _("reopened")


class TimerKind(models.TextChoices):
    """A due act; rows, not messages."""

    HALF_TIME = "half_time", _("half of the time has passed")
    THREE_QUARTERS = "three_quarters", _("three quarters of the time have passed")
    FIVE_DAYS = "five_days", _("five working days are left")
    TWO_DAYS = "two_days", _("two working days are left")
    ONE_DAY = "one_day", _("one working day is left")
    FINAL_HALF_TIME = "final_half_time", _("half of the time with pauses has passed")
    FINAL_THREE_QUARTERS = (
        "final_three_quarters",
        _("three quarters of the time with pauses have passed"),
    )
    FINAL_FIVE_DAYS = "final_five_days", _("five working days with pauses are left")
    FINAL_TWO_DAYS = "final_two_days", _("two working days with pauses are left")
    FINAL_ONE_DAY = "final_one_day", _("one working day with pauses is left")
    EXTENSION_DECISION = "extension_decision", _("last days to announce an extension")
    STRICT_DUE_PASSED = "strict_due_passed", _("one month has passed")
    DUE_PASSED = "due_passed", _("the legal day has passed")
    IDENTITY_REMINDER = "identity_reminder", _("to be reminded of the proof")
    IDENTITY_TIMEOUT = "identity_timeout", _("no proof of identity has come")
    CLARIFICATION_TIMEOUT = "clarification_timeout", _("no clarification has come")
    FEE_TIMEOUT = "fee_timeout", _("the fee was not paid")
    ACKNOWLEDGE_DUE = "acknowledge_due", _("the receipt is not acknowledged")
    TRIAGE_DUE = "triage_due", _("to be taken in hand by now")
    IDENTITY_ASK_DUE = "identity_ask_due", _("last call to ask for proof of identity")
    MARKETING_STOP_DUE = "marketing_stop_due", _("the processing has to stop by now")
    KEEP_UNTIL = "keep_until", _("what was kept has to be erased by now")
    NOTICE_DUE = "notice_due", _("the recipients have to be told by now")
    HOLD_REVIEW = "hold_review", _("the legal hold is to be reviewed")
    REFUSAL_NOTICE = "refusal_notice", _("last days to refuse")
    LETTER_RETURNED = "letter_returned", _("a letter was not delivered")
    ERRAND_LATE = "errand_late", _("a task given by link is not answered")
    RESTRICTION_LIFT = "restriction_lift", _("the restriction may be lifted")

    # They call for an act, and are silent once it is done.
    UNTIL_DONE = nonmember(
        (
            "acknowledge_due",
            "triage_due",
            "identity_ask_due",
            "marketing_stop_due",
            "notice_due",
            "letter_returned",
            "errand_late",
        )
    )


class WhyMoved(models.TextChoices):
    """Why the dates of an open ticket were computed anew."""

    HOLIDAY_ADDED = "holiday_added", _("a public holiday was added")
    HOLIDAY_REMOVED = "holiday_removed", _("a public holiday was removed")
    CALENDAR = "calendar_data", _("the calendar changed")
    POLICY = "clock_policy", _("the policy on time limits changed")
