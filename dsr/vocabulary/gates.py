"""The ten checks that every request passes, and what each can be answered with."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gate(models.TextChoices):
    """A check common to all rights; the codes are those of the law's reference."""

    G0 = "G0", _("Receipt")
    G1 = "G1", _("A request under this right")
    G2 = "G2", _("Controllership")
    G3 = "G3", _("Identity")
    G4 = "G4", _("Capacity")
    G5 = "G5", _("Unfounded, excessive, abusive")
    G6 = "G6", _("Statutory restriction")
    G7 = "G7", _("Rights of others")
    G8 = "G8", _("Form of the reply")
    G9 = "G9", _("Time limit")


class GateAnswerCode(models.TextChoices):
    """What a gate is answered with; `dsr.policy.gates` says which fits which."""

    # G0, G1, G9
    RECEIVED = "received", _("received")
    THIS_RIGHT = "this_right", _("a request under this right")
    COMPUTED = "computed", _("computed")
    # G2
    OURS_ALONE = "ours_alone", _("we alone decide")
    JOINT = "joint", _("we decide together with another")
    PROCESSOR = "processor", _("we process for another controller")
    OTHER = "other", _("another controller")
    # G3
    ESTABLISHED = "established", _("established")
    NOT_NEEDED = "not_needed", _("not needed for this right")
    NO_DOUBT = "no_doubt", _("no reasonable doubt who asks")
    FAILED = "failed", _("cannot be established")
    # G4
    SELF = "self", _("for themselves")
    MANDATE = "mandate", _("with a mandate")
    PARENT = "parent", _("as a parent or guardian")
    ADMINISTRATOR = "administrator", _("as an administrator")
    LAWYER = "lawyer", _("as their lawyer")
    ASSOCIATION = "association", _("as an association (Art. 80)")
    # G5, G6, G7
    NONE = "none", _("none")
    UNFOUNDED = "unfounded", _("manifestly unfounded")
    EXCESSIVE = "excessive", _("excessive: it repeats an answered request")
    ABUSE = "abuse", _("an abuse of the right")
    SILENT = "silent", _("a restriction that may not be mentioned")
    NAMED = "named", _("a restriction by a named article")
    NOT_CONCERNED = "not_concerned", _("not concerned: no copy is given")
    REDACTED = "redacted", _("concerned, and kept out of the copy")
    GIVEN = "given", _("concerned, but they do not outweigh")
    # G8
    ELECTRONIC = "electronic", _("by e-mail")
    ON_PAPER = "on_paper", _("by post")
    ORAL = "oral", _("orally, as the person asked")

    # Each of these has to be explained by a note.
    NEEDS_NOTE = nonmember(
        (
            "joint",
            "processor",
            "other",
            "no_doubt",
            "failed",
            "mandate",
            "parent",
            "administrator",
            "lawyer",
            "association",
            "unfounded",
            "excessive",
            "abuse",
            "silent",
            "named",
            "redacted",
            "given",
            "oral",
        )
    )
