"""Packages: what a person is given, file by file."""
