#!/usr/bin/env python3
"""Rightsdesk's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError

from config.run.keys import load_keys
from dsr.controller import PolicyFileError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    load_keys()
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, PolicyFileError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except OperationalError as error:
        reason = str(error).partition("\n")[0]
        sys.stderr.write(
            f"The database cannot be used ({reason}); "
            "check DATABASE_URL, then run `manage.py migrate`.\n"
        )
        sys.exit(2)
