"""The report's own headings and explanations, as messages; a leaf."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LANGUAGE_NAMES = {
    "fr": gettext_lazy("French"),
    "nl": gettext_lazy("Dutch"),
    "de": gettext_lazy("German"),
    "en": gettext_lazy("English"),
}
ZERO_LISTS = {
    "refused_late": gettext_lazy(
        "Nothing was done, and the person was told after the month of Art. 12(4)"
    ),
    "extension_told_late": gettext_lazy(
        "An extension was announced after the first month (Art. 12(3))"
    ),
    "decided_alone": gettext_lazy("One person proposed and decided what takes two"),
    "extended_alone": gettext_lazy("One person proposed and agreed to an extension"),
    "proof_still_kept": gettext_lazy(
        "A proof of identity is kept although nobody waits for one"
    ),
    "package_still_kept": gettext_lazy("A package is kept past its last day"),
    "letter_not_sent": gettext_lazy("A letter was given up and waits for an officer"),
    "data_still_kept": gettext_lazy("Data are kept past the day they were to go"),
    "nobody_in_charge": gettext_lazy(
        "An open ticket past its legal day belongs to nobody"
    ),
    "lifted_without_notice": gettext_lazy(
        "A restriction was lifted before the person was informed (Art. 18(3))"
    ),
}


def class_of_days(first: int, last: int | None) -> str:
    """Name a class of calendar days."""
    if last is None:
        return _("over %(days)s") % {"days": first - 1}
    return f"{first}–{last}"
