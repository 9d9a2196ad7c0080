#!/usr/bin/env python
"""The command line. With nothing set in the environment it acts on the demo installation."""

import os
import sys

from django.core.management import execute_from_command_line

from config.environment import default_to_demo

if __name__ == "__main__":
    default_to_demo()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(sys.argv)
