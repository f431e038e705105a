"""Users and groups: what an administrator manages, who sees no case by it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsr.desk.permissions import ADMINS, has_role
from dsr.desk.site import desk
from dsr.vocabulary import Role

OF_SUPERUSERS = ("is_superuser", "user_permissions", "last_login", "date_joined")
OF_OTHERS = ("groups", "is_staff", "is_active")  # nobody gives them to themselves


def at_odds() -> QuerySet[User]:
    """Return those who advise and decide. GDPR Art. 38(6): a conflict of interests."""
    active = User.objects.filter(is_active=True)
    both = active.filter(groups__name=Role.DPO).filter(groups__name=Role.DECIDER)
    return both.order_by("username").distinct()


@admin.register(User, site=desk)
class StaffAdmin(UserAdmin[User]):
    """Members of the desk; a role is a group.

    An administrator takes in others and gives them groups, but neither makes a
    superuser, nor gives themselves a role, nor sets the password of somebody else:
    each would open the cases to them.
    """

    list_display = ("username", "roles", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")

    @admin.display(description=gettext_lazy("Roles"))
    def roles(self, user: User) -> str:
        """Name the groups."""
        return ", ".join(group.name for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Fetch the groups along."""
        return super().get_queryset(request).prefetch_related("groups")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Warn of those whose roles contradict each other."""
        for user in at_odds():
            messages.warning(
                request,
                _(
                    "A conflict of interests (GDPR Art. 38(6)): %(who)s is data "
                    "protection officer and decider. Take one of the groups away."
                )
                % {"who": user.get_username()},
            )
        return super().changelist_view(request, extra_context)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to administrators."""
        return _configures(request) or super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators look."""
        return _configures(request) or super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let administrators take somebody in."""
        return _configures(request) or super().has_add_permission(request)

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """Let administrators change everybody but a superuser."""
        if super().has_change_permission(request, obj):
            return True
        return _configures(request) and not (obj and obj.is_superuser)

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> tuple[str, ...]:
        """Keep from an administrator what would give them more than they have."""
        if _is_superuser(request):
            return ("last_login", "date_joined")
        own = obj is not None and obj.pk == request.user.pk
        return (*OF_SUPERUSERS, *(OF_OTHERS if own else ()))

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's own name
        form_url: str = "",
    ) -> Any:
        """Leave the password of somebody else to superusers."""
        if not _is_superuser(request):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)


@admin.register(Group, site=desk)
class RoleAdmin(GroupAdmin):
    """The roles. Their names are part of the policy; rights hang on the names."""

    search_fields = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show it to administrators."""
        return _configures(request) or super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators look; what a group may do, the policy says."""
        return _configures(request) or super().has_view_permission(request, obj)


def _configures(request: HttpRequest) -> bool:
    return has_role(request, ADMINS)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
