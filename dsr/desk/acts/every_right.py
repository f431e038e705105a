"""The acts that every right knows: what each asks, does, and says."""

from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk import act_forms as forms
from dsr.desk.acts.act import DeskAct
from dsr.vocabulary import LetterKind

COMMON: dict[str, DeskAct] = {
    "take_in_hand": DeskAct(
        forms.ActForm,
        casework.take_in_hand,
        _(
            "You accept the request as one under this right and become its owner. "
            "Where a copy is owed, every system is searched."
        ),
        _("What is proven to be theirs is searched for; look at what is found."),
    ),
    "assign": DeskAct(
        forms.AssignForm,
        casework.assign,
        _("The ticket stands in the chosen person's list."),
        _("The new owner finds it under “Mine”."),
        label=_("Assign"),
    ),
    "ask_identity": DeskAct(
        forms.AskIdentityForm,
        casework.ask_identity,
        _("The person is asked for proof, and the time limit is suspended."),
        _("The time limit goes on when the proof is here."),
        LetterKind.IDENTITY_REQUEST,
    ),
    "reject_proof": DeskAct(
        forms.RejectProofForm,
        casework.reject_proof,
        _("The person is told once more what is missing; the suspension stays."),
        _("Wait for the rest of the proof, or propose “not identified”."),
        LetterKind.PROOF_INSUFFICIENT,
    ),
    "accept_proof": DeskAct(
        forms.AcceptProofForm,
        casework.accept_proof,
        _(
            "The identity is noted as established, and the time limit goes on. Keep no "
            "copy of a document (EDPB Guidelines 01/2022 § 79)."
        ),
        _("The systems are searched for what is proven."),
    ),
    "establish_identity": DeskAct(
        forms.EstablishIdentityForm,
        casework.establish_identity,
        _("It is noted how the person is known, without having asked for proof."),
        _("The systems are searched for what is proven."),
    ),
    "ask_clarification": DeskAct(
        forms.AskClarificationForm,
        casework.ask_clarification,
        _("The person is asked which data are meant; the time limit is suspended."),
        _("Without an answer within two weeks, everything is given."),
        LetterKind.CLARIFICATION_REQUEST,
    ),
    "clarify": DeskAct(
        forms.ClarifyForm,
        casework.clarify,
        _("The time limit goes on, with what the person said or with everything."),
        _("Look at what is found, then propose a decision."),
    ),
    "propose_extension": DeskAct(
        forms.ProposeExtensionForm,
        casework.propose_extension,
        _("Two further months are proposed to a second person."),
        _("A decider agrees or not; until the letter has gone out no date moves."),
        rare=True,
    ),
    "extend": DeskAct(
        forms.ExtendForm,
        casework.extend,
        _("You agree to two further months, for the reasons below."),
        _("The dates move when the letter has gone out."),
        LetterKind.EXTENSION_NOTICE,
    ),
    "tell_delay": DeskAct(
        forms.DelayForm,
        casework.tell_delay,
        _("The person is told that the reply will be late, why, and when it comes."),
        _("Answer by the day promised; the legal days have not moved."),
        LetterKind.DELAY_NOTICE,
        label=_("Announce a delay"),
    ),
    "search_again": DeskAct(
        forms.ActForm,
        casework.search_again,
        _("Every system is searched anew; what was found before is replaced."),
        _("The case page shows what it brings."),
        label=_("Search again"),
    ),
    "answer_gates": DeskAct(
        forms.GatesForm,
        casework.answer_gates,
        _("Your answers are added to the file; the last one to a check holds."),
        _("Once every check is answered, the proposal can be decided."),
    ),
    "propose": DeskAct(
        forms.ProposeForm,
        casework.propose,
        _("The decision is put to the one who decides, with grounds and reasons."),
        _("It is decided next; what is not granted whole takes a second person."),
    ),
    "return_proposal": DeskAct(
        forms.WhyForm,
        casework.return_proposal,
        _("The proposal goes back to the handler, with your reason."),
        _("The handler proposes anew."),
    ),
    "decide": DeskAct(
        forms.ActForm,
        casework.decide,
        _("You decide as proposed below."),
        _("What is granted is carried out; a refusal goes straight to its letter."),
    ),
    "complete": DeskAct(
        forms.CompleteForm,
        casework.complete,
        _("What was carried out is noted, and the reply is drafted."),
        _("Read the reply, complete it, and approve it."),
    ),
    "close": DeskAct(
        forms.ActForm,
        casework.close,
        _("The ticket ends; its follow-ups are done."),
        _("Nothing more is to do."),
    ),
    "redirect": DeskAct(
        forms.RedirectForm,
        casework.redirect,
        _("The person is told which controller has to answer, and the ticket ends."),
        _("Nothing more is to do."),
        LetterKind.REDIRECTION,
        rare=True,
    ),
    "merge": DeskAct(
        forms.MergeForm,
        casework.merge,
        _("This ticket ends; the earlier one is answered for both."),
        _("Go on with the earlier ticket: its receipt counts."),
        LetterKind.MERGED,
        rare=True,
    ),
    "withdraw": DeskAct(
        forms.ActForm,
        casework.withdraw,
        _("The ticket ends because the person no longer wants it; never by silence."),
        _("Nothing more is to do."),
        LetterKind.WITHDRAWAL_CONFIRMATION,
        rare=True,
    ),
    "reopen": DeskAct(
        forms.ReopenForm,
        casework.reopen,
        _("The ticket is answered again; the dates of the first answer are kept."),
        _("Look again, and propose a decision."),
        LetterKind.REOPENED,
    ),
}
