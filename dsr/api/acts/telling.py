"""What answering for systems and recipients takes."""

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import LONGEST, ActSerializer, ApiAct
from dsr.vocabulary import NoticeState


class CloseOrdersSerializer(ActSerializer):
    """Which orders, whether they are done, and what was done or why not."""

    orders = serializers.ListField(child=serializers.IntegerField(), allow_empty=False)
    done = serializers.BooleanField()
    note = serializers.CharField(max_length=LONGEST)


class RetryOrdersSerializer(ActSerializer):
    """Which orders a machine is to carry out, planned anew."""

    orders = serializers.ListField(child=serializers.IntegerField(), allow_empty=False)


class TellRecipientsSerializer(ActSerializer):
    """Whom to tell, whom not and why; `details` say what reads how now."""

    tell = serializers.ListField(child=serializers.IntegerField(), default=list)
    excuse = serializers.ListField(child=serializers.IntegerField(), default=list)
    state = serializers.ChoiceField(choices=NoticeState.EXCUSED, default="")
    reason = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")
    details = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")


class ConfirmNoticesSerializer(ActSerializer):
    """Who confirmed."""

    notices = serializers.ListField(child=serializers.IntegerField(), allow_empty=False)


TELLING: dict[str, ApiAct] = {
    "close_orders": ApiAct(CloseOrdersSerializer, casework.close_orders),
    "retry_orders": ApiAct(RetryOrdersSerializer, casework.retry_orders),
    "tell_recipients": ApiAct(TellRecipientsSerializer, casework.tell_recipients),
    "confirm_notices": ApiAct(ConfirmNoticesSerializer, casework.confirm_notices),
}
