#!/usr/bin/env python3
"""Holds every view of the page against axe-core, in both languages, schemes and sizes, at ERRAND_BASE_URL."""

import concurrent.futures
import os
import shutil
import sys
import time

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

import scenes
from demo import Demo

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
LANGUAGES = {"en": "en-US", "de": "de-DE"}
# All rules of WCAG 2.2 AA and the good customs: headings in order, everything inside landmarks.
EVERY_RULE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# What a scheme of colours can change.
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

# Colours have changed, and what was to slide has done so.
SETTLED = """() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
}).then(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))))"""

# Rows out of sight would keep the colours that they had when they were last painted.
ALL_PAINTED = ".task { content-visibility: visible !important; }"


def violations(page, options):
    """What axe-core has to say about the page as it is now, a line for each kind."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.add_style_tag(content=ALL_PAINTED)
        page.evaluate(SETTLED)
    found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    lines = []
    for one in found:
        places = "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"][:4])
        why = one["nodes"][0]["failureSummary"].replace("\n", " ") if one["nodes"] else ""
        lines.append(f"{one['id']} ({len(one['nodes'])}×): {places} [{why}]")
    return lines



def look(page, name, failures):
    """Holds one scene against the rules in both sizes and schemes."""
    for size, (width, height) in scenes.SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in scenes.SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(SETTLED)
            options = EVERY_RULE if scheme == scenes.SCHEMES[0] else COLOURS
            failures += [f"{name}, {size}, {scheme}: {line}" for line in violations(page, options)]


def walk(browser, language, failures):
    """Through every scene in one language. Returns how many there were."""
    count = 0
    # Only here the page's own policy is off: it rightly lets nobody run code that is given as text.
    context = browser.new_context(bypass_csp=True, locale=LANGUAGES[language], reduced_motion="reduce")
    for people, filled in ((scenes.STRANGER, None), (scenes.NEWCOMER, False), (scenes.PERSON, True)):
        context.clear_cookies()
        demo = None if filled is None else Demo(context, language)
        page = demo.fill().page() if filled else context.new_page()
        page.set_default_timeout(10_000)
        for name, come in people:
            count += 1
            page.set_viewport_size(dict(zip(("width", "height"), scenes.SIZES["desktop"])))
            page.emulate_media(color_scheme=scenes.SCHEMES[0], reduced_motion="reduce")
            try:
                come(page, demo)
                look(page, f"{name} ({language})", failures)
            except Exception as error:
                failures.append(f"{name} ({language}): {str(error).splitlines()[0]}")
        page.close()
    context.close()
    return count


def one_language(language):
    failures = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        count = walk(browser, language, failures)
        browser.close()
    return count, failures


def main():
    start = time.monotonic()
    with concurrent.futures.ProcessPoolExecutor(len(LANGUAGES)) as pool:
        results = list(pool.map(one_language, LANGUAGES))
    failures = [line for _, lines in results for line in lines]
    for line in failures:
        print(f"FAILED {line}")
    count = sum(number for number, _ in results)
    print(f"axe-core: {count} scenes in 2 sizes and 2 schemes, {len(failures)} failed, "
          f"{time.monotonic() - start:.0f} s")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
