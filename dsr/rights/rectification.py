"""Rectification: "have inaccurate or incomplete data corrected".

GDPR Art. 16; what others received is corrected there too, Art. 19.
"""

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import RightCode

RIGHT = Right(
    code=RightCode.RECTIFICATION,
    source=gdpr("16"),
    grounds=(
        *COMMON,
        Ground(
            "accurate",
            _("The data are accurate"),
            gdpr("5(1)(d) and 16"),
            _("How it was verified, and that a supplementary statement may be added"),
        ),
    ),
    outcomes=ALL,
    questions=(
        Question("wrong", _("What is wrong?"), long=True),
        Question("correct", _("What should it say?"), long=True),
    ),
    tells_recipients=True,
)


class RectificationTicket(Ticket):
    """A request for rectification. GDPR Art. 16."""

    class Meta:
        proxy = True
