"""Files that people send: which kinds, how large, and how they are handed on."""

import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from dsr.casework import NewFile

# The first bytes say what a file is; what the browser calls it proves nothing.
KINDS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
# A little more than the largest file is read, so that we can say what is wrong
# with it; beyond that nothing is read at all.
READ_AT_MOST = 4  # times UPLOAD_MAX_BYTES

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Upload(forms.FileField):
    """A PDF or a picture, not larger than `UPLOAD_MAX_BYTES`; never required."""

    widget = forms.FileInput
    other_kind = _("This is no PDF, JPEG or PNG. Please choose another file.")

    def __init__(self, **kwargs: Any) -> None:
        """Make the field, with our own words for what can be wrong."""
        messages = {
            "empty": _("This file is empty. Please choose another."),
            "invalid": _("Please choose the file again."),
            "missing": _("Please choose the file again."),
        }
        super().__init__(required=False, error_messages=messages, **kwargs)
        self.widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[bytes] | None":
        """Return the file, or None where none was chosen."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise too_large()
        if self.kind_of(file) is None:
            raise ValidationError(self.other_kind, code="kind")
        return file

    def kind_of(self, file: "UploadedFile[bytes]") -> str | None:
        """Return what the file is, or None where it may not be sent."""
        return content_type_of(file)


def too_large() -> ValidationError:
    """Return what is said of a file beyond the limit."""
    most = filesizeformat(settings.UPLOAD_MAX_BYTES)
    return ValidationError(
        _("This file is larger than %(most)s. Please choose a smaller one."),
        code="too_large",
        params={"most": most},
    )


def content_type_of(file: "UploadedFile[bytes]") -> str | None:
    """Return what the file is by its first bytes, or None if it is neither."""
    file.seek(0)
    head: bytes = file.read(8)
    file.seek(0)
    return next((kind for sign, kind in KINDS.items() if head.startswith(sign)), None)


def new_file(
    file: "UploadedFile[bytes]", kind: str, *, content_type: str | None = None
) -> NewFile:
    """Return an accepted file as casework takes it; of a table its kind is given."""
    name = "".join(c for c in file.name or "" if unicodedata.category(c)[0] != "C")
    content_type = content_type or content_type_of(file) or "application/octet-stream"
    return NewFile(kind, name or "file", content_type, file.read())


def refuse_floods(instead: View[P]) -> Callable[[View[P]], View[P]]:
    """Answer with another view when what is sent is far too large to be read.

    Django's CSRF check reads the whole body; so this stands before it, and the
    check follows for everything that is read.
    """

    def decorate(view: View[P]) -> View[P]:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def wrapper(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            length = request.headers.get("Content-Length", "0")
            if length.isdigit() and int(length) > _most():
                return instead(request, *args, **kwargs)
            return protected(request, *args, **kwargs)

        return wrapper

    return decorate


def _most() -> int:
    return READ_AT_MOST * settings.UPLOAD_MAX_BYTES
