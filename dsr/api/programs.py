"""Which programs may ask what they may do, each let in by a token of its own."""

import hmac

from django.conf import settings
from django.utils.encoding import force_bytes
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from dsr.casework.processing import Program


class ByToken(BaseAuthentication):
    """Lets a program in by `Authorization: Bearer TOKEN`: no login, nothing slow."""

    def authenticate(self, request: Request) -> tuple[Program, Program] | None:
        """Return the program whose token this is; each is compared in equal time."""
        scheme, _space, token = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        found = [
            Program(name, exceptions)
            for name, secret, exceptions in settings.PROCESSING_CALLERS
            if hmac.compare_digest(force_bytes(secret), token.strip())
        ]
        if not found:
            raise AuthenticationFailed("This token is none of PROCESSING_CALLERS.")
        return found[0], found[0]

    def authenticate_header(self, request: Request) -> str:
        """Ask for a token, so that who has none is told 401."""
        return "Bearer"


class IsProgram(BasePermission):
    """Lets programs in, and nobody else."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Know the one that asks."""
        return isinstance(request.auth, Program)
