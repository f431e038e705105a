#!/usr/bin/env python3
"""Rightsdesk's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from config.run.keys import load_keys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    load_keys()
    execute_from_command_line(sys.argv)
