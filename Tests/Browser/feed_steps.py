"""The steps of the page's test that are about addresses for calendars."""

import json
import re
import urllib.error
import urllib.request

from playwright.sync_api import expect

from account_steps import sizes
from person import BASE, SHOTS
from scenes import until
from views_steps import newcomer


def feeds(page):
    """An address for calendars is made with a filter, shown once, read without signing in, revoked."""
    visit = newcomer(page, "UTC", locale="en-GB")
    visit.get_by_test_id("open-settings").click()
    visit.get_by_test_id("make-feed").click()
    name = visit.get_by_test_id("feed-name")
    expect(name).to_be_focused()
    visit.get_by_test_id("feed-submit").click()
    expect(name).to_have_accessible_description(re.compile("Write a name."))
    name.fill("Work <calendar>")
    # A filter that breaks off is refused, which browsers report.
    page.errand_expected = "422"
    visit.get_by_test_id("feed-filter").fill("#work &")
    visit.get_by_test_id("feed-submit").click()
    expect(visit.get_by_test_id("feed-filter")).to_have_accessible_description(re.compile("At position 7"))
    visit.get_by_test_id("feed-filter").fill("#work & !recurring")
    visit.get_by_test_id("feed-form-choice").select_option("todos")
    visit.get_by_test_id("feed-completed").check()
    visit.get_by_test_id("feed-submit").scroll_into_view_if_needed()
    visit.screenshot(path=f"{SHOTS}/feed-form.png")
    sizes(visit, "feed-form")
    visit.get_by_test_id("feed-submit").click()
    expect(visit.get_by_test_id("feed-secret")).not_to_be_empty()
    address = visit.get_by_test_id("feed-secret").text_content()
    webcal = visit.get_by_test_id("feed-webcal").get_attribute("href")
    assert webcal == "webcal:" + address.split(":", 1)[1], webcal
    visit.get_by_test_id("feed-webcal").scroll_into_view_if_needed()
    visit.screenshot(path=f"{SHOTS}/feed-address.png")
    sizes(visit, "feed-address")
    assert read(address) == 200, "calendars cannot read it"
    expect(visit.get_by_test_id("feed-title")).to_have_text("Work <calendar>")
    expect(visit.get_by_test_id("feed-content")).to_have_text("#work & !recurring · To-dos · with completed ones")
    expect(visit.get_by_test_id("feed-read")).to_have_text("Since today, never read")
    visit.get_by_test_id("close-settings").click()
    until(visit, f"!document.documentElement.outerHTML.includes({json.dumps(address)})")
    visit.get_by_test_id("open-settings").click()
    expect(visit.get_by_test_id("feed-read")).to_have_text("Since today, last read today")
    visit.once("dialog", lambda dialog: dialog.accept())
    visit.get_by_test_id("revoke-feed").click()
    expect(visit.get_by_test_id("feed")).to_have_count(0)
    expect(visit.get_by_test_id("feeds-message")).to_contain_text("leads nowhere any more")
    assert read(address) == 404, "it was revoked"
    visit.get_by_test_id("close-settings").click()


def read(address):
    """As a calendar reads, at the server that is tested, whatever its public address."""
    try:
        with urllib.request.urlopen(BASE + "/feeds/" + address.rsplit("/", 1)[1], timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


STEPS = [feeds]
