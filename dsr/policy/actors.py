"""Who acts: the roles that a user's groups give."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.utils.translation import gettext as _

from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor, Role


def actor_of(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """Return a signed-in member of staff as an actor.

    A superuser without a role configures and sees no case (law: the roles are
    the access list of Art. 32).
    """
    if not isinstance(user, User) or not user.is_active:
        return Actor("nobody", frozenset())
    names = user.groups.values_list("name", flat=True)
    roles = frozenset(name for name in names if name in Role.STAFF)
    return Actor(user.get_username(), roles)


def check_role(by: Actor, *roles: str) -> None:
    """Raise unless the actor has one of these roles."""
    if by.roles.isdisjoint(roles):
        needed = ", ".join(str(Role(role).label) for role in roles)
        raise PolicyError(_("This takes the role of %(roles)s.") % {"roles": needed})
