"""How far a mail may be believed, and what about its sender calls for a second look."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrustLevel(models.TextChoices):
    """What the checks of a mail's origin say about the address it bears."""

    PROVEN = "proven", _("the sender's domain vouches for this mail")
    UNPROVEN = "unproven", _("nothing shows that the sender wrote this mail")
    FAILED = (
        "failed",
        _("the check of the sender failed: somebody else may have written this mail"),
    )
    NOT_CHECKED = "not_checked", _("the sender of this mail was not checked")


class MailFlag(models.TextChoices):
    """What is unusual about a mail's sender, in a sentence for the officer."""

    CHANGED_SENDER = (
        "changed_sender",
        _("It names a case, but comes from another address than that of the case."),
    )
    KNOWN_NAME = (
        "known_name",
        _("It bears the name of a person whom we know by another address."),
    )
    NAME_IS_ADDRESS = (
        "name_is_address",
        _("The name of its sender shows another address than the real one."),
    )
    LOOK_ALIKE = (
        "look_alike",
        _("Its domain looks like that of an address we know, but is another."),
    )
    REPLY_ELSEWHERE = (
        "reply_elsewhere",
        _("It asks for answers to another address than the one it comes from."),
    )
    PAPER_DROPPED = (
        "paper_dropped",
        _("It held an identity document that nobody had asked for; it was not kept."),
    )
    SENT_BEFORE = (
        "sent_before",
        _("It bears the Message-ID of another mail that reached us earlier."),
    )
