"""What letters say out of the controller's policy, in one language, as of a day."""

from collections.abc import Collection
from datetime import date

from dsr.clock.citations import gdpr
from dsr.controller.data import Controller, Office
from dsr.letters.context import OfficeWords, Remedies, Sender
from dsr.letters.decided import Information, PurposeWords, Titled
from dsr.policy.receiving import by_kind
from dsr.vocabulary import RightCode

# The ombudsman mediates about the insurance; where a decision on it is at stake.
MEDIATED = (RightCode.RECTIFICATION, RightCode.AUTOMATED_DECISION_REVIEW)


def sender(controller: Controller, language: str) -> Sender:
    """Return the letterhead."""
    identity, dpo = controller.identity, controller.dpo
    return Sender(
        name=identity.name,
        street=identity.street.to(language),
        city=f"{identity.postal_code} {identity.city.to(language)}",
        country=identity.country.to(language),
        website=identity.website,
        dpo_title=dpo.title.to(language),
        dpo_mail=dpo.mail,
    )


def remedies(
    controller: Controller, language: str, day: date, right: str = ""
) -> Remedies:
    """Return where a person who disagrees may turn. GDPR Art. 12(4)."""
    mediation = controller.mediation.on(day) if right in MEDIATED else None
    return Remedies(
        authority=office(controller.authority.on(day), language),
        courts=controller.courts.on(day).text.to(language),
        mediation=office(mediation, language) if mediation else None,
    )


def office(about: Office, language: str) -> OfficeWords:
    """Return an authority or mediator in one language."""
    return OfficeWords(
        name=about.name.to(language),
        address=about.address.to(language),
        phone=about.phone,
        mail=about.mail,
        web=about.web.to(language),
        text=about.text.to(language),
    )


def information(
    controller: Controller, language: str, day: date, received: Collection[str]
) -> Information:
    """Return what a person who asks for access is told. GDPR Art. 15(1) and (2).

    Of the recipients, those are named that `received` data, by code.
    """
    transfers = controller.transfers.on(day)
    automated = controller.automated_decisions.on(day)
    explained = (automated.text, automated.logic, automated.consequences)
    return Information(
        purposes=tuple(
            PurposeWords(
                purpose.title.to(language),
                "; ".join(gdpr(place).text(language) for place in purpose.basis),
                purpose.because.to(language),
            )
            for purpose in controller.purposes.values()
        ),
        categories=tuple(
            Titled(category.title.to(language), category.kept.to(language))
            for category in controller.categories.values()
        ),
        recipients=tuple(
            Titled(title, "; ".join(names))
            for title, names in by_kind(controller, language, received)
        ),
        sources=tuple(source.to(language) for source in controller.sources.values()),
        transfers=transfers.text.to(language),
        safeguards=tuple(one.to(language) for one in transfers.safeguards),
        automated=tuple(text.to(language) for text in explained),
    )
