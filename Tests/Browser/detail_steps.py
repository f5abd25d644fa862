"""The task itself: its description as it is meant, and as it is written."""

from playwright.sync_api import expect

from person import SHOTS, row

TEXT = """# Plan

Call **Ann**, see https://example.com/a.

- [x] boxes
- [ ] van

<img src=x onerror=alert(1)> [x](javascript:alert(1))"""


def description(page):
    row(page, "Call the dentist").get_by_test_id("task-title").click()
    text, shown, toggle = (page.get_by_test_id(f"edit-{name}") for name in ("description", "markdown", "toggle"))
    expect(shown).to_be_hidden()
    text.fill(TEXT)
    toggle.click()
    link = shown.locator("a")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://example.com/a")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(shown.locator("strong")).to_have_text("Ann")
    expect(shown.locator("img")).to_have_count(0)
    page.screenshot(path=f"{SHOTS}/description.png")
    page.get_by_test_id("edit-save").click()
    expect(page.get_by_test_id("edit-form")).to_be_hidden()
    # In its row it is plain words.
    words = row(page, "Call the dentist").locator(".task-description")
    expect(words).to_contain_text("Plan Call Ann, see https://example.com/a. ☑ boxes ☐ van <img src=x")
    row(page, "Call the dentist").get_by_test_id("task-title").click()
    expect(shown).to_be_visible()
    toggle.click()
    expect(text).to_have_value(TEXT)
    page.get_by_test_id("edit-cancel").click()
