#!/usr/bin/env python3
"""Holds every view of the page at ERRAND_BASE_URL against axe-core, zoom, large letters and less motion."""

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
OPTIONS = {
    "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}, "preload": False, "iframes": False,
}
# Colours do not depend on words: between them the languages cover each scheme in each size.
LOOKS = {
    "en": [("desktop", "light"), ("phone", "dark")],
    "de": [("phone", "light"), ("desktop", "dark")],
}
# What is looked at on a tablet besides, in one language and one scheme.
ON_TABLET = {"en": ("today", "detail", "settings")}
# Where letters of double size are tried.
LARGE = ("today", "upcoming", "detail", "due-date", "selected", "settings", "chat")
# Zoomed to 200 % and 400 % of a window 1280 wide.
ZOOMS = {"200 %": (640, 512), "400 %": (320, 512)}

# What does not fit: the page or a dialog that scrolls sideways, words beyond an edge or cut off by it.
UNFIT = """() => {
    const width = document.documentElement.clientWidth;
    const found = [];
    const name = (one) => `${one.localName}.${one.className} “${one.textContent.trim().slice(0, 30)}”`;
    const isUnseen = (one) => one && (getComputedStyle(one).clipPath === "inset(50%)" || isUnseen(one.parentElement));
    const clips = (way) => way === "hidden" || way === "clip";
    if (document.documentElement.scrollWidth > width) found.push("the page scrolls sideways");
    for (const one of document.querySelectorAll("body *")) {
        if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".skip, svg") || isUnseen(one)) continue;
        const style = getComputedStyle(one);
        if (one.matches("input, textarea, select")) continue;
        const isLong = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0;
        // Lists of places to go to may be a strip.
        const isStrip = one.closest("nav, pre, .day-strip, [role=tablist], [role=toolbar]");
        if (isLong && clips(style.overflowX) && style.textOverflow !== "ellipsis") found.push(`cut: ${name(one)}`);
        if (isLong && !isStrip && ["auto", "scroll"].includes(style.overflowX)) found.push(`sideways: ${name(one)}`);
        if (isLong && one.matches("button, summary") && !clips(style.overflowX)) found.push(`spills: ${name(one)}`);
        const isTall = one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 0;
        if (isTall && clips(style.overflowY) && style.webkitLineClamp === "none") found.push(`cut below: ${name(one)}`);
        const hasWords = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        const box = one.getBoundingClientRect();
        if (hasWords && !isStrip && box.width > 0 && (box.right > width + 1 || box.left < -1)) {
            found.push(`beyond the edge: ${name(one)}`);
        }
    }
    return found;
}"""

# What still moves for those who asked for less of that: longer than a millisecond.
MOVING = """() => {
    const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.001);
    const found = [];
    for (const one of document.querySelectorAll("*")) {
        for (const part of [null, "::before", "::after", ...(one.localName === "dialog" ? ["::backdrop"] : [])]) {
            const { animationName, animationDuration, transitionDuration } = getComputedStyle(one, part);
            if ((animationName !== "none" && long(animationDuration)) || long(transitionDuration)) {
                found.push(`${one.localName}.${one.className}${part ?? ""}`);
            }
        }
    }
    for (const one of document.getAnimations()) {
        if (one.effect.getComputedTiming().endTime > 1) found.push(one.animationName ?? one.id);
    }
    return found;
}"""

# Colours have changed, and what was to slide has done so.
SETTLED = """() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
}).then(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))))"""

# Rows out of sight would keep the colours that they had when they were last painted.
ALL_PAINTED = ".task { content-visibility: visible !important; }"


def violations(page):
    """What axe-core has to say about the page as it is now, a line for each kind."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.add_style_tag(content=ALL_PAINTED)
    # A second look at what was found: colours may have been on their way.
    for _ in range(2):
        page.evaluate(SETTLED)
        found = page.evaluate("(options) => axe.run(document, options)", OPTIONS)["violations"]
        if not found:
            break
    lines = []
    for one in found:
        places = "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"][:4])
        why = one["nodes"][0]["failureSummary"].replace("\n", " ") if one["nodes"] else ""
        lines.append(f"{one['id']} ({len(one['nodes'])}×): {places} [{why}]")
    return lines


def look(page, scene, language, failures):
    """Holds one scene against the rules, and what fits against what should."""
    name = f"{scene} ({language})"
    looks = [(size, scheme, scenes.SIZES[size]) for size, scheme in LOOKS[language]]
    if scene in ON_TABLET.get(language, ()):
        looks.append(("tablet", "light", scenes.TABLET))
    for size, scheme, (width, height) in looks:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        failures += [f"{name}, {size}, {scheme}: {line}" for line in violations(page)]
    failures += [f"{name} moves: {line}" for line in page.evaluate(MOVING)[:4]]
    for zoom, (width, height) in ZOOMS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SETTLED)
        failures += [f"{name}, {zoom}: {line}" for line in page.evaluate(UNFIT)[:4]]


def visit(page, demo, views, language, failures):
    """Through some scenes in one language. Returns how many there were."""
    page.set_default_timeout(10_000)
    for name, come in views:
        page.set_viewport_size(dict(zip(("width", "height"), scenes.SIZES["desktop"])))
        page.emulate_media(color_scheme=scenes.SCHEMES[0], reduced_motion="reduce")
        try:
            come(page, demo)
            look(page, name, language, failures)
        except Exception as error:
            failures.append(f"{name} ({language}): {str(error).splitlines()[0]}")
    page.close()
    return len(views)


def room(browser, language, **more):
    # Only here the page's own policy is off: it rightly lets nobody run code that is given as text.
    return browser.new_context(bypass_csp=True, locale=LANGUAGES[language], reduced_motion="reduce", **more)


def walk(browser, language, person, failures):
    """Through every scene in one language. Returns how many there were."""
    context = room(browser, language)
    count = visit(context.new_page(), None, scenes.STRANGER, language, failures)
    newcomer = Demo(context, language)
    count += visit(context.new_page(), newcomer, scenes.NEWCOMER, language, failures)
    context.close()
    return count + visit(person.page(), person, scenes.PERSON, language, failures)


def large_letters(browser, language, person, failures):
    """Through every view of a person whose browser shows letters of double size."""
    context = room(browser, language, viewport={"width": 1280, "height": 800},
                   storage_state=person.context.storage_state())
    demo = person.elsewhere(context)
    page = demo.page()
    for name, come in scenes.PERSON:
        if name not in LARGE:
            continue
        try:
            come(page, demo)
            page.evaluate(SETTLED)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            failures += [f"{name} ({language}), large letters: {line}" for line in page.evaluate(UNFIT)[:4]]
        except Exception as error:
            failures.append(f"{name} ({language}), large letters: {str(error).splitlines()[0]}")
    context.close()


def one_language(language):
    failures = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        # Both at first: what comes by itself some seconds later does so while others are visited.
        person, reader = (Demo(room(browser, language), language).fill() for _ in range(2))
        count = walk(browser, language, person, failures)
        large = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--blink-settings=defaultFontSize=32"])
        large_letters(large, language, reader, failures)
        large.close()
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
    print(f"access: {count} scenes, each in 2 looks and 2 zooms, {len(failures)} failed, "
          f"{time.monotonic() - start:.0f} s")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
