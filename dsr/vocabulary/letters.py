"""By which channel a case comes, and which letters answer it."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a case reached us."""

    WEB = "web", _("web form")
    MAIL = "mail", _("e-mail")
    POST = "post", _("post")
    PHONE = "phone", _("telephone")
    COUNTER = "counter", _("visit at the counter")
    API = "api", _("interface")

    # The person wrote nothing: what was noted is read back to them.
    ORAL = nonmember(("phone", "counter"))


class LetterKind(models.TextChoices):
    """Every letter the desk writes; `dsr.letters.catalogue` says what each holds."""

    CONFIRM_ADDRESS = "confirm_address", _("confirmation of the address")
    ACCESS_CODE = "access_code", _("one-time code")
    ACKNOWLEDGEMENT = "acknowledgement", _("acknowledgement")
    IDENTITY_REQUEST = "identity_request", _("request for proof of identity")
    CLARIFICATION_REQUEST = "clarification_request", _("request for clarification")
    VIEW_INVITATION = "view_invitation", _("invitation to give one's view")
    FEE_LAPSED = "fee_lapsed", _("fee not paid")
    EXTENSION_NOTICE = "extension_notice", _("notice of extension")
    REDIRECTION = "redirection", _("redirection to another controller")
    REPLY = "reply", _("reply")
    WITHDRAWAL_CONFIRMATION = "withdrawal_confirmation", _("confirmation of withdrawal")
    IDENTITY_REMINDER = "identity_reminder", _("reminder of the proof of identity")
    PROOF_INSUFFICIENT = "proof_insufficient", _("proof was not sufficient")
    CLARIFICATION_CLOSED = (
        "clarification_closed",
        _("going on without clarification"),
    )
    DELAY_NOTICE = "delay_notice", _("apology for a late reply")
    FORWARDING = "forwarding", _("request forwarded to the controller")
    REOPENED = "reopened", _("request looked at again")
    MERGED = "merged", _("joined with an earlier request")
    PACKAGE_REMINDER = "package_reminder", _("copy not fetched yet")
    LIFT_NOTICE = "lift_notice", _("notice that a restriction is lifted")
    DESK_MESSAGE = "desk_message", _("notice of a message")
    ADDRESS_CHANGED = "address_changed", _("address changed")
    RECIPIENT_NOTICE = "recipient_notice", _("notice to a recipient")

    # They are of one address at one time, and never sent to another.
    OF_ONE_ADDRESS = nonmember(("confirm_address", "access_code", "address_changed"))
    # They go to somebody else; the person is not shown them.
    TO_OTHERS = nonmember(("recipient_notice", "forwarding"))


class LetterState(models.TextChoices):
    """draft → approved → queued → sent; `failed` waits for an officer."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")
    QUEUED = "queued", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    CANCELLED = "cancelled", _("cancelled")

    # Approved, and not gone yet.
    UNSENT = nonmember(("queued", "failed"))
