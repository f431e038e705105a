"""The desk as an admin site: its pages, its navigation, its home page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from dsr.desk.days import today
from dsr.desk.home import home
from dsr.desk.permissions import CASES, REGISTERS, has_role

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the navigation, for those who may go there."""

    label: Promise
    view: str
    roles: frozenset[str]


NAVIGATION = (
    NavItem(_("Today"), "admin:index", REGISTERS),
    NavItem(_("Queue"), "admin:dsr_ticket_changelist", REGISTERS),
    NavItem(_("Tray"), "admin:dsr_arrival_changelist", CASES),
    NavItem(_("Letters"), "admin:dsr_letter_changelist", REGISTERS),
    NavItem(_("Searches"), "admin:dsr_searchtask_changelist", CASES),
    NavItem(_("Restrictions"), "admin:dsr_restrictionmeasure_changelist", REGISTERS),
    NavItem(_("Ledger"), "admin:dsr_ledgerentry_changelist", REGISTERS),
)


class DeskSite(AdminSite):
    """The only admin site that is mounted. Its forms change nothing by themselves."""

    site_title = site_header = _("Rightsdesk")
    index_title = _("Today")
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        """Begin without pages; the modules of the desk bring theirs."""
        super().__init__(name)
        self.pages: list[URLPattern] = []
        self.navigation = list(NAVIGATION)

    def page(
        self,
        route: str,
        *,
        name: str,
        roles: frozenset[str],
        methods: tuple[str, ...] = ("GET", "HEAD", "POST"),
        nav: Promise | None = None,
    ) -> Callable[[View], View]:
        """Mount a view under `route` for staff with one of these roles.

        With `nav` it also gets an entry of the navigation, under that label.
        """
        if nav is not None:
            self.navigation.append(NavItem(nav, f"admin:{name}", roles))

        def mount(view: View) -> View:
            @wraps(view)
            def guarded(
                request: HttpRequest, *args: Any, **kwargs: Any
            ) -> HttpResponseBase:
                if not has_role(request, roles):
                    raise PermissionDenied
                return view(request, *args, **kwargs)

            allowed = require_http_methods(list(methods))(guarded)
            self.pages.append(path(route, self.admin_view(allowed), name=name))
            return view

        return mount

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Put the pages before Django's own addresses."""
        language = path("language/", set_language, name="set_language")
        return [language, *self.pages, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the navigation to what every page knows."""
        items = [item for item in self.navigation if has_role(request, item.roles)]
        return super().each_context(request) | {
            "navigation": [(item.label, reverse(item.view)) for item in items],
            "can_find": has_role(request, REGISTERS),
        }

    def render(
        self,
        request: HttpRequest,
        template: str,
        *,
        title: str | Promise,
        status: int = 200,
        **context: Any,
    ) -> TemplateResponse:
        """Return one of our pages, with everything the frame needs."""
        request.current_app = self.name
        known = self.each_context(request) | {"title": title} | context
        return TemplateResponse(request, f"admin/desk/{template}", known, status=status)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show today's numbers to who has a role, and to others what they manage."""
        extra = dict(extra_context or {})
        if has_role(request, REGISTERS):
            extra["home"] = home(today(), sees_cases=has_role(request, CASES))
        return super().index(request, extra)


desk = DeskSite()
