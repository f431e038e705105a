"""What a policy must say in substance, beyond the right types."""

import re
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dsr.controller.data import LANGUAGES, Controller, Recipient
from dsr.controller.reading import PolicyFileError
from dsr.vocabulary import RightCode

TIERS = tuple(f"T{number}" for number in range(10))  # law.md E: what the desk keeps
CHANNELS = ("web", "mail", "post")
KEY = re.compile(r"[a-z0-9_]{1,60}")
PROMISES = ("no_fee", "time", "backups", "do_not_track")


def check(controller: Controller) -> None:
    """Raise PolicyFileError for the first thing the policy fails to say."""
    check_keys("rights", tuple(RightCode.values), tuple(controller.rights))
    check_keys("tiers", TIERS, tuple(controller.tiers))
    check_keys("channels", CHANNELS, tuple(controller.channels))
    check_keys("promises", PROMISES, tuple(controller.promises))
    check_mail("dpo.mail", controller.dpo.mail)
    for i, office in enumerate(controller.authority.versions):
        check_mail(f"authority[{i}].mail", office.mail)
    check_departments(controller)
    check_recipients(controller)
    check_retention(controller)
    check_identity(controller)


def check_keys(at: str, wanted: tuple[str, ...], found: tuple[str, ...]) -> None:
    """Expect exactly these keys in a table."""
    for key in wanted:
        if key not in found:
            raise PolicyFileError(f"{at}.{key} is missing; add the table [{at}.{key}]")
    for key in found:
        if key not in wanted:
            known = ", ".join(wanted)
            raise PolicyFileError(
                f"{at}.{key} is unknown; remove it or use one of: {known}"
            )


def check_mail(at: str, mail: str) -> None:
    """Expect an address that can stand in a header."""
    name, at_sign, host = mail.partition("@")
    if not (name and at_sign and host) or any(sign.isspace() for sign in mail):
        raise PolicyFileError(f"{at} is {mail!r}; give an e-mail address like a@b.be")


def check_departments(controller: Controller) -> None:
    """Expect short keys, each used once, and addresses that mail can go to."""
    keys = [department.key for department in controller.departments]
    for i, department in enumerate(controller.departments):
        if not KEY.fullmatch(department.key) or keys.count(department.key) > 1:
            raise PolicyFileError(
                f"departments[{i}].key is {department.key!r}; give each department "
                "another key of up to 60 letters a-z, digits and _"
            )
        check_mail(f"departments[{i}].mail", department.mail)


def check_recipients(controller: Controller) -> None:
    """Expect that everyone who receives data can be told of it (Art. 19)."""
    for kind, recipients in controller.recipients.items():
        for key, one in recipients.named.items():
            at = f"recipients.{kind}.named.{key}"
            if one.mail is None and one.address is None:
                raise PolicyFileError(
                    f"{at} can be reached by nothing; give a mail or an address"
                )
            if one.mail is not None:
                check_mail(f"{at}.mail", one.mail)
            check_url(at, one)
            if (one.valid_from or date.min) > (one.valid_to or date.max):
                raise PolicyFileError(
                    f"{at}.valid_to is {one.valid_to}, before valid_from; "
                    "give a later day"
                )


def check_retention(controller: Controller) -> None:
    """Expect of each rule a period that the law or the controller gives."""
    for key, rule in (controller.retention or {}).items():
        at = f"retention.{key}"
        if (rule.limitation is None) == (rule.years is None):
            raise PolicyFileError(f"{at} needs one of limitation and years; give one")
        if rule.years is not None and rule.law is None:
            raise PolicyFileError(f"{at}.law is missing; say which law or need it is")


def check_url(at: str, one: Recipient) -> None:
    """Expect an address that encrypts, and a mail for what no program understands."""
    if one.url is None:
        if one.token_env is not None:
            raise PolicyFileError(f"{at}.token_env is for a url; give it, or drop this")
        return
    place = urlsplit(one.url)
    here = place.hostname in ("127.0.0.1", "localhost")
    if not place.hostname or (place.scheme != "https" and not here):
        raise PolicyFileError(f"{at}.url is {one.url!r}; give one with https://")
    if one.mail is None:
        raise PolicyFileError(
            f"{at}.mail is missing; what the url does not understand goes by mail"
        )


def check_identity(controller: Controller) -> None:
    """Expect a time zone that exists, and every language the desk writes."""
    identity = controller.identity
    try:
        ZoneInfo(identity.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise PolicyFileError(
            f"identity.time_zone is {identity.time_zone!r}; "
            "give a zone like Europe/Brussels"
        ) from error
    if len(set(identity.languages)) != len(identity.languages):
        known = ", ".join(LANGUAGES)
        raise PolicyFileError(
            f"identity.languages names one twice; name each once, out of: {known}"
        )
