"""A state that nothing but a transition sets, refreshed or not."""

from typing import Any

from django.db import models
from django_fsm import ConcurrentTransitionMixin


class Guarded(ConcurrentTransitionMixin):
    """Keeps `state` protected while a row is refreshed.

    django-fsm-2 4.2.4 lowers the guard on the field itself, for every thread,
    and leaves it down if the row is gone. The field lets an *absent* value be
    set, so we forget ours instead.
    """

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Reload, with the guard up throughout."""
        fields = args[1] if len(args) > 1 else kwargs.get("fields")
        mine = self.__dict__.pop("state", None)
        models.Model.refresh_from_db(self, *args, **kwargs)
        if fields is None or "state" in fields:
            self._update_initial_state()
        elif mine is not None:  # the library reloads it with whatever is asked for
            self.__dict__["state"] = mine
