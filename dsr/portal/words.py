"""A field for what people type: any script, a stated length, nothing invisible."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# Signs that turn the reading direction of what follows: they can disguise a name.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = _(
    "There are characters here that cannot be shown. Please type this field again."
)
TOO_LONG = ngettext_lazy(
    "Please use at most %(most)d character; you typed %(typed)d.",
    "Please use at most %(most)d characters; you typed %(typed)d.",
    "most",
)


class Words(forms.CharField):
    """Text of at most `most` characters, on one line or on several."""

    def __init__(
        self,
        *,
        most: int,
        long: bool = False,
        rows: int = 4,
        autocomplete: str = "",
        missing: Any = "",  # a sentence, translated when it is shown
        **kwargs: Any,
    ) -> None:
        """Make the field; it is required when `missing` says what to do if empty."""
        self.most, self.long = most, long
        widget = forms.Textarea({"rows": rows}) if long else forms.TextInput()
        if autocomplete:
            widget.attrs["autocomplete"] = autocomplete
        super().__init__(
            widget=widget,
            required=bool(missing),
            error_messages={"required": missing} if missing else None,
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        """Return the text with its line ends in one form."""
        text = str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
        if not self.long:
            text = text.replace("\t", " ")
        if any(_is_invisible(sign, several_lines=self.long) for sign in text):
            raise ValidationError(INVISIBLE, code="invisible")
        if len(text) > self.most:
            numbers = {"most": self.most, "typed": len(text)}
            raise ValidationError(TOO_LONG, code="too_long", params=numbers)
        return text


def _is_invisible(sign: str, *, several_lines: bool) -> bool:
    if several_lines and sign in "\n\t":
        return False
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in TURNING
