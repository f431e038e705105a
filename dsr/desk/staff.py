"""Users and groups: what a superuser manages, and nobody else."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from dsr.desk.site import desk


@admin.register(User, site=desk)
class StaffAdmin(UserAdmin[User]):
    """Members of the desk; a role is a group."""

    list_display = ("username", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")


@admin.register(Group, site=desk)
class RoleAdmin(GroupAdmin):
    """The roles. Their names are part of the policy; rights hang on the names."""

    search_fields = ()
