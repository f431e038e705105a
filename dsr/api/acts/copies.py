"""What the acts of access and portability take."""

from rest_framework import serializers

from dsr import casework
from dsr.api.acts.act import LONGEST, ActSerializer, ApiAct, reason
from dsr.vocabulary import InfoState


class AnswerInformationSerializer(ActSerializer):
    """An item of the list of Art. 15, what was decided on it, and why."""

    item = serializers.CharField(max_length=20)
    state = serializers.ChoiceField(choices=InfoState.ANSWERS)
    because = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")


class NewQuestionSerializer(ActSerializer):
    """What the person's own letter asks."""

    question = serializers.CharField(max_length=LONGEST)


class ReceiverSerializer(ActSerializer):
    """To whom the person wants the data passed on."""

    to = serializers.CharField(max_length=300)


class ReceiptSerializer(ActSerializer):
    """What the receiver confirmed."""

    receipt = serializers.CharField(max_length=300)


class InfeasibleSerializer(ActSerializer):
    """Why a direct transfer cannot be."""

    reason = reason()


COPIES: dict[str, ApiAct] = {
    "answer_information": ApiAct(
        AnswerInformationSerializer, casework.answer_information
    ),
    "add_question": ApiAct(NewQuestionSerializer, casework.add_question),
    "clear_health": ApiAct(ActSerializer, casework.clear_health),
    "ask_transfer": ApiAct(ReceiverSerializer, casework.ask_transfer),
    "accept_transfer": ApiAct(ActSerializer, casework.accept_transfer),
    "excuse_transfer": ApiAct(InfeasibleSerializer, casework.excuse_transfer),
    "finish_transfer": ApiAct(ReceiptSerializer, casework.finish_transfer),
}
