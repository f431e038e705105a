"""The reviewer's list: the automated decisions that are theirs to look at."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dsr.desk.days import time_left, today
from dsr.desk.permissions import REVIEWERS, actor
from dsr.desk.site import desk
from dsr.models import HumanReview


@desk.page(
    "reviews/", name="reviews", roles=REVIEWERS, methods=("GET",), nav=_("Reviews")
)
def reviews(request: HttpRequest) -> HttpResponse:
    """List the reviews of the one who asks, the earliest legal day first."""
    now = today()
    mine = HumanReview.objects.of_reviewer(actor(request).name)
    rows = mine.select_related("ticket__case").order_by("ticket__due_strict", "pk")
    return desk.render(
        request,
        "reviews.html",
        title=_("Reviews"),
        reviews=[(one, time_left(one.ticket.due_strict, now)) for one in rows],
    )
