"""The calendar at the desk: the DPO adds and removes, and sees what moved."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dsr.desk.days import today
from dsr.models import PublicHoliday, Ticket

pytestmark = pytest.mark.django_db
NAMES = {
    "name_en": "day of mourning",
    "name_fr": "deuil national",
    "name_nl": "nationale rouw",
    "name_de": "Staatstrauer",
}
SOURCE = "Royal Decree of 3 May 2026, Art. 1"


def page() -> str:
    return reverse("admin:calendar")


def typed(day: date) -> dict[str, str]:
    return {"day": day.isoformat(), "source": SOURCE} | NAMES


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.fixture
def added(dpo: Client, ticket: Ticket) -> str:
    """Add a holiday on the ticket's legal day; return where the DPO is led."""
    answer = dpo.post(page(), typed(ticket.due_strict))
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_list_shows_the_years_holidays_with_their_sources(dpo: Client) -> None:
    text = text_of(dpo, page() + "?year=2026")
    assert "Tue 21 Jul 2026" in text
    assert "Act of 4 January 1974" in text
    assert "calendar file" in text
    assert "?year=2027" in text


@pytest.mark.parametrize("year", ["", "x", "0000", "9999", "20261", "²²²²"])
def test_a_year_that_is_none_shows_this_year(dpo: Client, year: str) -> None:
    answer = dpo.get(page(), {"year": year})
    assert answer.context["year"] == today().day.year


@pytest.mark.parametrize("year", [1972, 2999])
def test_the_first_and_the_last_year_lead_no_further(dpo: Client, year: int) -> None:
    answer = dpo.get(page(), {"year": str(year)})
    assert len(answer.context["years"]) == 1


def test_an_added_holiday_shows_the_tickets_it_moved(
    dpo: Client, ticket: Ticket, added: str
) -> None:
    before = ticket.due_strict
    ticket.refresh_from_db()
    assert ticket.due_strict > before
    text = text_of(dpo, added)
    case = reverse("admin:dsr_case_change", args=[ticket.case_id])
    assert f'href="{case}#ticket-{ticket.pk}"' in text
    assert "a public holiday was added" in text
    (moved,) = dpo.get(added).context["moved"]
    assert {str(day.label) for day in moved.days} >= {"legal day", "legal day, strict"}


def test_the_list_names_who_added_it_and_leads_to_its_removal(
    dpo: Client, ticket: Ticket, added: str
) -> None:
    text = text_of(dpo, f"{page()}?year={ticket.due_strict.year}")
    holiday = PublicHoliday.objects.get()
    assert "day of mourning" in text
    assert "added by dpo" in text
    assert reverse("admin:remove_holiday", args=[holiday.pk]) in text


def test_a_removed_holiday_needs_a_reason_and_shows_what_moved_back(
    dpo: Client, ticket: Ticket, added: str
) -> None:
    holiday = PublicHoliday.objects.get()
    url = reverse("admin:remove_holiday", args=[holiday.pk])
    assert SOURCE in text_of(dpo, url)
    assert dpo.post(url, {"why": ""}).status_code == 400
    answer = dpo.post(url, {"why": "The decree was withdrawn."})
    assert "a public holiday was removed" in text_of(dpo, answer["Location"])
    again = dpo.post(url, {"why": "The decree was withdrawn."})
    assert again.status_code == 409
    assert "removed already" in again.content.decode()
    text = text_of(dpo, f"{page()}?year={holiday.day.year}")
    assert "The decree was withdrawn." in text
    due = ticket.due_strict
    ticket.refresh_from_db()
    assert ticket.due_strict == due


def test_a_day_that_is_a_holiday_already_is_refused_with_the_form_kept(
    dpo: Client,
) -> None:
    answer = dpo.post(page(), typed(date(2026, 7, 21)))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "is a public holiday already" in text
    assert "deuil national" in text


def test_what_is_missing_is_asked_for(dpo: Client) -> None:
    answer = dpo.post(page(), {"day": "1850-01-02"} | NAMES)
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"day", "source"}
    assert not PublicHoliday.objects.exists()


def test_a_change_that_moved_nothing_says_so(dpo: Client, ticket: Ticket) -> None:
    later = today().calendar.roll(ticket.due_strict + timedelta(days=300))
    answer = dpo.post(page(), typed(later))
    assert "No date of an open ticket moved" in text_of(dpo, answer["Location"])


def test_the_desk_is_told_of_dates_computed_otherwise(
    dpo: Client, officer: Client, ticket: Ticket
) -> None:
    Ticket.objects.update(calendar_version="BE-2025.9")
    home = officer.get(reverse("admin:index")).context["home"]
    (figure,) = [one for one in home.stand if "stand=outdated" in one.url]
    assert (figure.number, figure.urgent) == (1, True)
    listed = officer.get(figure.url).context["cl"].result_list
    assert [one.pk for one in listed] == [ticket.pk]
    assert "1 open ticket was computed" in text_of(dpo, page())
    answer = dpo.post(reverse("admin:recompute"))
    assert "No date of an open ticket moved" in text_of(dpo, answer["Location"])
    assert "was computed with another" not in text_of(dpo, page())
    calm = officer.get(reverse("admin:index")).context["home"]
    assert not [one for one in calm.stand if "stand=outdated" in one.url]
    nothing = dpo.post(reverse("admin:recompute"), follow=True)
    assert "Every open ticket is up to date" in nothing.content.decode()


def test_only_the_dpo_comes_here(officer: Client, dpo: Client, added: str) -> None:
    holiday = PublicHoliday.objects.get()
    for url in (page(), added, reverse("admin:remove_holiday", args=[holiday.pk])):
        assert officer.get(url).status_code == 403
        assert dpo.get(url).status_code == 200
    assert officer.post(reverse("admin:recompute")).status_code == 403
    assert dpo.get(reverse("admin:recompute")).status_code == 405
    assert dpo.get(reverse("admin:calendar_change", args=[99])).status_code == 404
