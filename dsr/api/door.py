"""What every address of the interface shares: who may enter, and how it says no."""

from collections.abc import Sequence
from typing import Any

from django.utils.cache import add_never_cache_headers
from rest_framework import status
from rest_framework.exceptions import ParseError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from dsr.policy import PolicyError, actor_of
from dsr.policy.seeing import EVERY_CASE
from dsr.vocabulary import Actor, Role

ADVISERS = frozenset({Role.MEDICAL_ADVISER.value})
HANDLERS = frozenset({Role.HANDLER.value})
CASES = EVERY_CASE
REGISTERS = CASES | {Role.AUDITOR.value}


class HasRole(BasePermission):
    """Staff with one of the roles that the view names; a superuser has none by that."""

    message = "Your roles do not allow this; ask whoever configures the desk."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Compare the roles of the groups with those of the view."""
        wanted: frozenset[str] = getattr(view, "roles", frozenset())
        is_staff = bool(getattr(request.user, "is_staff", False))
        return is_staff and not actor_of(request.user).roles.isdisjoint(wanted)


class Door(APIView):
    """A view of the interface. What may not be done answers 409 with the sentence."""

    permission_classes: Sequence[type[BasePermission]] = (HasRole,)
    roles: frozenset[str] = CASES

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Forbid every cache to keep an answer: it may hold personal data."""
        final = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(final)
        return final

    def get_exception_handler(self) -> Any:
        """Use ours for every view, whatever the settings say."""
        return refuse

    def actor(self) -> Actor:
        """Return who acts."""
        return actor_of(self.request.user)


def refuse(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a refusal into 409 with its sentence; leave the rest to the framework."""
    if isinstance(error, PolicyError):
        return Response({"error": str(error)}, status=status.HTTP_409_CONFLICT)
    if isinstance(error, RecursionError):
        error = ParseError("The JSON is nested too deeply.")
    return exception_handler(error, context)
