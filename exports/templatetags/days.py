"""The filter that writes a day out."""

from datetime import date

from django import template

from exports import days

register = template.Library()


@register.filter
def written(day: date) -> str:
    """Write a day, or the day of an instant, out in the active language."""
    return days.written(day)
