"""Which collections a search for a person cannot reach, by what is proven of them."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from subjects.systems.collect import plan
from subjects.systems.people import PEOPLE
from subjects.systems.register import load_systems


def unreached(identities: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Return the collections no search reaches, as `dataset:collection`, and why.

    Those of people are not among them: their owners look there. Empty where the
    list or a description cannot be used: the searches say so.
    """
    try:
        systems = load_systems(settings.SYSTEMS_FILE)
        left_out = plan(systems, identities).unreachable
    except ValueError:
        return {}
    asked = [
        one for system in systems if system.kind == PEOPLE for one in system.datasets
    ]
    by_people = {one.key for one in asked}
    return {
        str(address): why
        for address, why in left_out.items()
        if address.dataset not in by_people
    }
