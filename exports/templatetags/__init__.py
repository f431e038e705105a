"""Filters for the reports."""
