"""The information that goes with the copy: GDPR Art. 15(1)(a)-(h) and 15(2).

Everything comes from the controller's policy; only the headings are ours.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from dsr.clock.citations import gdpr
from dsr.controller import Controller
from dsr.controller.data import Office
from dsr.letters.decided import Decided
from dsr.policy.receiving import by_kind
from dsr.vocabulary import InfoItem


@dataclass(frozen=True, slots=True)
class Line:
    """One thing and what there is to say about it."""

    term: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One letter of Art. 15(1), or Art. 15(2); `law` cites it."""

    law: str
    title: str
    intro: str
    lines: tuple[Line, ...]


# Which items of the list decide about a section of the sheet.
ITEMS: dict[str, tuple[InfoItem, ...]] = {
    "15(1)(a)": (InfoItem.PURPOSES,),
    "15(1)(b)": (InfoItem.CATEGORIES, InfoItem.RETENTION),
    "15(1)(c)": (InfoItem.RECIPIENTS,),
    "15(2)": (InfoItem.TRANSFERS,),
    "15(1)(g)": (InfoItem.SOURCES,),
    "15(1)(h)": (InfoItem.AUTOMATED,),
}


def information(
    controller: Controller,
    language: str,
    day: date,
    *,
    received: Collection[str],
    decided: Mapping[str, Decided],
    questions: Sequence[Decided] = (),
) -> tuple[Section, ...]:
    """Return the information sheet as it stood on a day, in a language.

    Call it with the same language active: headings are translated messages. Of the
    recipients, those are named that `received` data, by code (C-154/21). What was
    decided on an item for this person stands with it, or instead of it.
    """
    sheet = _Sheet(controller, language, day, received)
    parts = (
        ("15(1)", _("Who is responsible"), "", sheet.controller()),
        ("15(1)(a)", _("Why we use your data"), "", sheet.purposes()),
        ("15(1)(b)", _("Which data, and how long"), "", sheet.categories()),
        ("15(1)(c)", _("Who receives them"), "", sheet.recipients()),
        (
            "15(2)",
            _("Outside the European Economic Area"),
            controller.transfers.on(day).text.to(language),
            sheet.safeguards(),
        ),
        ("15(1)(e)", _("Your rights"), "", sheet.rights()),
        ("15(1)(f)", _("Where to complain"), "", sheet.complaint()),
        ("15(1)(g)", _("Where the data come from"), "", sheet.sources()),
        (
            "15(1)(h)",
            _("Decisions by computer"),
            controller.automated_decisions.on(day).text.to(language),
            sheet.decisions(),
        ),
    )
    sections = tuple(
        _decide(
            Section(gdpr(place).text(language), title, intro, tuple(lines)),
            [decided[item] for item in ITEMS.get(place, ())],
        )
        for place, title, intro, lines in parts
    )
    if not questions:
        return sections
    asked = tuple(Line(one.question, (one.says,)) for one in questions)
    law = gdpr("15(1)").text(language)
    return (*sections, Section(law, _("What you asked besides"), "", asked))


def _decide(section: Section, decided: Sequence[Decided]) -> Section:
    """Say what was decided on a section's items; left out, it says only why."""
    intro = " ".join(filter(None, (section.intro, *(one.says for one in decided))))
    if any(one.left_out for one in decided):
        kept = tuple(one.says for one in decided if one.says)
        return replace(section, intro=" ".join(kept), lines=())
    return replace(section, intro=intro)


@dataclass(frozen=True, slots=True)
class _Sheet:
    policy: Controller
    language: str
    day: date
    received: Collection[str]

    def controller(self) -> Iterator[Line]:
        one = self.policy.identity
        street, city = one.street.to(self.language), one.city.to(self.language)
        country = one.country.to(self.language)
        yield Line(one.name, (f"{street}, {one.postal_code} {city}, {country}",))
        dpo = self.policy.dpo
        yield Line(dpo.title.to(self.language), (dpo.mail,))

    def purposes(self) -> Iterator[Line]:
        for purpose in self.policy.purposes.values():
            places = [gdpr(place).text(self.language) for place in purpose.basis]
            law = _("Legal basis: %(places)s") % {"places": "; ".join(places)}
            yield Line(
                purpose.title.to(self.language),
                (purpose.because.to(self.language), law),
            )

    def categories(self) -> Iterator[Line]:
        for category in self.policy.categories.values():
            kept = category.kept.to(self.language)
            yield Line(category.title.to(self.language), (_("Kept: %s") % kept,))

    def recipients(self) -> Iterator[Line]:
        for title, names in by_kind(self.policy, self.language, self.received):
            yield Line(title, names)

    def safeguards(self) -> Iterator[Line]:
        guards = self.policy.transfers.on(self.day).safeguards
        yield Line(_("Safeguards"), tuple(one.to(self.language) for one in guards))

    def rights(self) -> Iterator[Line]:
        for right in self.policy.rights.values():
            article = gdpr(right.article.partition("(")[0]).text(self.language)
            yield Line(
                right.title.to(self.language),
                (right.sentence.to(self.language), article),
            )

    def complaint(self) -> Iterator[Line]:
        yield self._office(self.policy.authority.on(self.day))
        yield Line(
            _("A court"), (self.policy.courts.on(self.day).text.to(self.language),)
        )
        yield self._office(self.policy.mediation.on(self.day))

    def _office(self, office: Office) -> Line:
        reach = (office.phone, office.mail, office.web.to(self.language))
        return Line(
            office.name.to(self.language),
            (
                office.text.to(self.language),
                office.address.to(self.language),
                " · ".join(reach),
            ),
        )

    def sources(self) -> Iterator[Line]:
        sources = self.policy.sources.values()
        yield Line(_("Sources"), tuple(one.to(self.language) for one in sources))

    def decisions(self) -> Iterator[Line]:
        made = self.policy.automated_decisions.on(self.day)
        if made.exist:
            yield Line(_("How it decides"), (made.logic.to(self.language),))
            yield Line(
                _("What follows for you"), (made.consequences.to(self.language),)
            )
