#!/usr/bin/env python3
"""Pictures of every view of the page at ERRAND_BASE_URL, in docs/screenshots, with a page that shows them all."""

import base64
import os
import pathlib
import shutil
import sys

from playwright.sync_api import sync_playwright

import scenes
from demo import Demo

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "screenshots"
SIZES = {"desktop": (1200, 800), "phone": (390, 844)}
# Of 100; below it small letters begin to blur.
QUALITY = 40
# What is pictured in German as well.
GERMAN = ("today", "detail")

SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 80))))"


def picture(page, name):
    """Takes the window as it is; WebP, a third of what PNG would be, is not what Playwright's own call makes."""
    page.evaluate(SETTLED)
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    session.detach()
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))


def names():
    """What the pictures are called, in the order of the views."""
    views = [*scenes.STRANGER, *scenes.NEWCOMER, *scenes.PERSON]
    return [name for name, _ in views] + [f"{name}-de" for name in GERMAN]


def visit(page, demo, name, come):
    """Goes to one view, and pictures it in each size and scheme."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        # Anew in each size: what opens beside the list on one screen is a sheet over it on the other.
        come(page, demo)
        # What comes after the list, such as tags and what each finds.
        page.wait_for_load_state("networkidle")
        page.mouse.move(0, 0)
        for scheme in scenes.SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            picture(page, f"{name}-{size}-{scheme}")


def tour(browser, language, locale, people):
    """Pictures the views of some people. Returns how many did not work."""
    failed = 0
    for views, filled in people:
        context = browser.new_context(locale=locale, reduced_motion="reduce")
        demo = None if filled is None else Demo(context, language)
        page = demo.fill().page() if filled else context.new_page()
        page.set_default_timeout(10_000)
        for name, come in views:
            try:
                visit(page, demo, name if language == "en" else f"{name}-{language}", come)
            except Exception as error:
                failed += 1
                print(f"FAILED {name} ({language}): {str(error).splitlines()[0]}")
        context.close()
    return failed


def gallery():
    """Writes the page that shows the pictures, and drops those that belong to no view any more."""
    made = [name for name in names() if (FOLDER / f"{name}-phone-dark.webp").exists()]
    lines = ["# What the page looks like", "",
             "Written by `make screenshots`: every view, on a desktop and a phone, light and dark.", ""]
    for name in made:
        title = name.replace("-de", " (German)") if name.endswith("-de") else name
        title = title.replace("-", " ").capitalize().replace("(german)", "(German)")
        shots = [f'<img src="{name}-{size}-{scheme}.webp" alt="{title}, {size}, {scheme}" width="{width}">'
                 for size, width in (("desktop", 330), ("phone", 110)) for scheme in scenes.SCHEMES]
        lines += [f"## {title}", "", " ".join(shots), ""]
    (FOLDER / "README.md").write_text("\n".join(lines).rstrip() + "\n")
    wanted = {f"{name}-{size}-{scheme}.webp" for name in made for size in SIZES for scheme in scenes.SCHEMES}
    for file in FOLDER.glob("*.webp"):
        if file.name not in wanted:
            file.unlink()


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        everybody = [(scenes.STRANGER, None), (scenes.NEWCOMER, False), (scenes.PERSON, True)]
        failed = tour(browser, "en", "en-US", everybody)
        failed += tour(browser, "de", "de-DE", [([one for one in scenes.PERSON if one[0] in GERMAN], True)])
        browser.close()
    gallery()
    size = sum(file.stat().st_size for file in FOLDER.glob("*.webp"))
    print(f"{len(names()) - failed} views pictured, {failed} failed; {size / 1_000_000:.1f} MB in {FOLDER}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
