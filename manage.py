#!/usr/bin/env python3
"""Rightsdesk's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

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
