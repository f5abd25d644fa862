"""The steps of the page's test that are about access: keys alone, focus, forced colours, speech, first load, Back."""

import gzip
import os
import secrets
import shutil

from playwright.sync_api import expect

import scenes
from demo import Demo
from person import BASE, PASSWORD, row

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
# What the first load may weigh, compressed, and how soon it is to be usable, in milliseconds.
WEIGHT_LIMIT = 170_000
READY_LIMIT = 1_000
# What is wanted on a machine that does nothing else.
READY_WANTED = 300
# As soon as this after it began, in milliseconds, the page may fetch at leisure what nobody has opened yet.
AT_LEISURE = 5_000
# Other work on the machine only ever makes a load slower, so the best of a few counts.
LOADS = 3
MOST_STOPS = 120
# Where Tab stays longer than a field for dates has parts, there is nothing else.
MOST_PARTS = 9

COUNT_POINTERS = """() => {
    window.errandPointers = 0;
    for (const type of ["pointerdown", "mousedown", "touchstart"]) {
        addEventListener(type, () => { window.errandPointers += 1; }, true);
    }
}"""

# Notes when what one came for can be used, what moved on the way there, and what the page's policy refused.
WATCH_LOAD = """(() => {
    const seen = window.errandLoad = { ready: 0, shift: 0, moved: [], refused: [] };
    const look = () => {
        const shown = document.querySelector("[data-testid=task-row], [data-testid=submit-auth]");
        if (shown?.checkVisibility() && !shown.disabled) seen.ready = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    addEventListener("securitypolicyviolation", (event) => seen.refused.push(event.violatedDirective));
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            seen.shift += entry.value;
            seen.moved.push(...entry.sources.map(({ node }) => node?.className ?? node?.nodeName ?? "?"));
        }
    }).observe({ type: "layout-shift", buffered: true });
})()"""

# Of what has the focus: whether that shows, and whether any of it can be seen at all.
FOCUSED = """async () => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const draws = (one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    // A field may leave it to the frame around it.
    const frames = at.matches("input, textarea, select") ? [at.parentElement, at.closest("form, dialog > div")] : [];
    const isFramed = frames.some((one) => one && (draws(one) || getComputedStyle(one).boxShadow.includes("inset")));
    // What is gone to may have to be scrolled to first, which a busy machine takes its time for.
    const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
    const isHit = ([x, y]) => {
        const box = at.getBoundingClientRect();
        const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return hit && (at.contains(hit) || hit.contains(at) && hit.closest("label"));
    };
    for (let tries = 0; tries < 100 && !points.some(isHit); tries += 1) {
        await new Promise((done) => { setTimeout(done, 50); });
    }
    const isSeen = points.some(isHit);
    const words = at.getAttribute("aria-label") || at.textContent.trim() || at.getAttribute("data-testid") || at.name;
    // Within a field for dates Tab goes from part to part.
    const isSame = window.errandStop === at;
    window.errandStop = at;
    const wasThere = at.hasAttribute("data-errand-stop") && !isSame;
    at.setAttribute("data-errand-stop", "");
    const name = `${at.localName} “${words.slice(0, 40)}”`;
    return { name, isDrawn: draws(at) || isFramed, isSeen, isSame, wasThere };
}"""


def focused(page):
    """The test id of what has the focus, or its name in the document."""
    return page.evaluate("document.activeElement.dataset.testid ?? document.activeElement.localName")


def tab_to(page, wanted):
    for _ in range(MOST_STOPS):
        if focused(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} was not reached by Tab")


def write_due(page):
    """Says the last day of 2030 in the words that `d` has led to."""
    expect(page.get_by_test_id("due-words")).to_be_focused()
    page.keyboard.type("2030-12-31")
    expect(page.get_by_test_id("due-words-read")).to_contain_text("2030")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("due-words")).to_be_hidden()


def keys_alone(page):
    """A whole visit, from signing up to signing out, without one event of a mouse."""
    me = page.context.browser.new_context(viewport={"width": 1200, "height": 800}, locale="en-US").new_page()
    me.set_default_timeout(10_000)
    me.add_init_script(f"({COUNT_POINTERS})()")
    page.errand_watch(me)
    keys = me.keyboard
    me.goto(BASE)
    expect(me.get_by_test_id("email")).to_be_focused()
    tab_to(me, "switch-auth")
    keys.press("Enter")
    tab_to(me, "email")
    keys.type(f"{secrets.token_hex(6)}@example.org")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    scenes.until(me, scenes.IS_LISTED)
    # The form that is gone lets go of the focus with the next frame.
    scenes.until(me, "!document.activeElement.matches('input, button')")
    for words in ("Water the fern", "Mend the gate", "Call Ana tomorrow"):
        keys.press("q")
        expect(me.get_by_test_id("new-task-title")).to_be_focused()
        keys.type(words)
        expect(me.get_by_test_id("new-task-title")).to_have_value(words)
        keys.press("Enter")
        expect(row(me, words.removesuffix(" tomorrow"))).to_have_attribute("data-status", "saved")
        keys.press("Escape")
        me.evaluate("document.activeElement.blur()")
    change_by_keys(me)
    finish_by_keys(me)
    assert me.evaluate("window.errandPointers") == 0
    me.context.close()


def at_hand(me, title):
    """Goes to a task of the list with the keys for it."""
    for key in ["j"] + ["k"] * 5 + ["j"] * 5:
        me.keyboard.press(key)
        if title in me.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"{title} was not reached by j and k")


def change_by_keys(me):
    keys = me.keyboard
    at_hand(me, "Call Ana")
    keys.press("x")
    expect(me.get_by_test_id("bulk-count")).to_be_visible()
    keys.press("Escape")
    expect(me.get_by_test_id("bulk-count")).to_be_hidden()
    keys.press("1")
    expect(row(me, "Call Ana")).to_have_attribute("data-priority", "urgent")
    keys.press("e")
    expect(me.get_by_test_id("edit-title")).to_be_focused()
    keys.press("End")
    keys.type(" and Tom")
    keys.press("Control+Enter")
    expect(row(me, "Call Ana and Tom")).to_have_attribute("data-status", "saved")
    expect(me.get_by_test_id("edit-title")).to_be_hidden()
    keys.press("l")
    expect(me.get_by_test_id("edit-tags")).to_be_focused()
    keys.type("family")
    keys.press("Control+Enter")
    expect(row(me, "Call Ana and Tom").get_by_test_id("task-tag")).to_contain_text("family")
    expect(me.get_by_test_id("edit-title")).to_be_hidden()
    keys.press("d")
    write_due(me)
    expect(row(me, "Call Ana and Tom").get_by_test_id("task-due")).to_contain_text("2030")


def finish_by_keys(me):
    keys = me.keyboard
    at_hand(me, "Mend the gate")
    keys.press("c")
    expect(row(me, "Mend the gate")).to_have_count(0)
    keys.press("z")
    expect(row(me, "Mend the gate")).to_be_visible()
    keys.press("/")
    keys.type("fern")
    expect(me.get_by_test_id("task-row")).to_have_count(1)
    keys.press("Escape")
    expect(me.get_by_test_id("task-row")).to_have_count(3)
    keys.press("Escape")
    keys.press("Control+k")
    # It may have to come first; what is typed until then does nothing.
    expect(me.get_by_test_id("palette-input")).to_be_focused()
    keys.type("upc")
    keys.press("Enter")
    expect(me.get_by_test_id("filter-upcoming")).to_have_attribute("aria-current", "true")
    keys.press("?")
    expect(me.get_by_test_id("help")).to_be_visible()
    keys.press("Escape")
    expect(me.get_by_test_id("help")).to_be_hidden()
    tab_to(me, "sign-out")
    keys.press("Enter")
    expect(me.get_by_test_id("auth-view")).to_be_visible()


def stops(page, name):
    """Goes with Tab through what is shown, and holds each stop against what must be seen there."""
    page.evaluate("""() => {
        window.errandStop = null;
        for (const one of document.querySelectorAll("[data-errand-stop]")) one.removeAttribute("data-errand-stop");
    }""")
    found, rests = [], 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        rests = rests + 1 if at and at["isSame"] else 0
        if at is None or 0 < rests < MOST_PARTS:
            continue
        if rests or at["wasThere"]:
            break
        found.append(at["name"])
        assert at["isDrawn"], f"{name}: focus does not show on {at['name']}"
        assert at["isSeen"], f"{name}: {at['name']} has the focus and is hidden"
    assert found, f"{name}: Tab stops nowhere"
    return len(found)


def focus(page):
    """Focus shows wherever Tab goes, also in forced colours, and nothing that sticks to an edge lies over it."""
    context = page.context.browser.new_context(locale="en-US", reduced_motion="reduce")
    demo = Demo(context, "en").fill()
    me = demo.page()
    count = 0
    wanted = ["selected", "undo", "palette", "settings", "adding", "chat"]
    for name, come in [one for one in scenes.PERSON if one[0] in wanted]:
        me.set_viewport_size({"width": 1440, "height": 900})
        come(me, demo)
        for size, (width, _) in scenes.SIZES.items():
            me.set_viewport_size({"width": width, "height": 600})
            me.emulate_media(forced_colors="active" if size == "desktop" else "none")
            count += stops(me, f"{name}, {size}")
    print(f"focus: {count} stops of Tab")
    stays_where_one_reads(me)
    context.close()


def stays_where_one_reads(page):
    """What changes elsewhere does not move the chat, which is longer than its place."""
    body = page.locator(".chat-body")
    body.evaluate("(one) => { one.scrollTop = 0; }")
    # Has everything looked at again.
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    page.wait_for_load_state("networkidle")
    assert body.evaluate("(one) => one.scrollHeight > one.clientHeight && one.scrollTop === 0"), "the chat has moved"


STATES = {
    "selected": "[data-selected]", "upcoming": "[data-testid=strip-day][aria-pressed=true]",
    "palette": "[role=option][aria-selected=true]", "all": "[data-testid=task-complete]:checked",
    "open": "nav [aria-current]",
}

TAKE_STATE = """(one) => {
    for (const name of ["data-selected", "aria-pressed", "aria-selected", "aria-current"]) one.removeAttribute(name);
    one.checked = false;
}"""


def forced_colours(page):
    """What is chosen, done or current is told apart also where the system draws all colours."""
    context = page.context.browser.new_context(
        locale="en-US", forced_colors="active", reduced_motion="reduce", viewport={"width": 1200, "height": 800})
    demo = Demo(context, "en").fill()
    me = demo.page()
    for name, come in [one for one in scenes.PERSON if one[0] in STATES]:
        come(me, demo)
        if name == "upcoming":
            me.get_by_test_id("strip-day").nth(2).click()
        me.wait_for_load_state("networkidle")
        shown = me.locator(STATES[name]).first
        shown.scroll_into_view_if_needed()
        me.mouse.move(0, 0)
        with_state = shown.screenshot()
        handle = shown.element_handle()
        handle.evaluate(TAKE_STATE)
        assert handle.screenshot() != with_state, f"{name}: {STATES[name]} looks the same without"
    context.close()


SPEECH = """() => {
    window.SpeechRecognition = class {
        constructor() { window.errandEar = this; }
        start() { this.isStarted = true; }
        stop() { this.onend(); }
        abort() { this.isAborted = true; }
    };
}"""


def speech(page):
    """Words that are spoken land in the field of the chat, and only a person sends them."""
    context = page.context.browser.new_context(viewport={"width": 390, "height": 844}, locale="en-US")
    demo = Demo(context, "en")
    me = context.new_page()
    me.set_default_timeout(10_000)
    page.errand_watch(me)
    me.add_init_script(f"({SPEECH})()")
    me.goto(BASE)
    me.get_by_test_id("open-chat").click()
    voice, note, line = (me.get_by_test_id(name) for name in ("voice", "voice-note", "chat-input"))
    line.fill("Please")
    voice.click()
    expect(voice).to_have_attribute("aria-pressed", "true")
    expect(note).to_contain_text("Listening")
    assert me.evaluate("errandEar.lang") == "en-US"
    me.evaluate("errandEar.onresult({ results: [[{ transcript: 'add milk' }], [{ transcript: ' tomorrow' }]] })")
    expect(line).to_have_value("Please add milk tomorrow")
    voice.click()
    expect(voice).to_have_attribute("aria-pressed", "false")
    expect(note).to_be_hidden()
    expect(line).to_be_focused()
    expect(me.get_by_test_id("chat-message")).to_have_count(0)
    voice.click()
    me.evaluate("errandEar.onerror({ error: 'not-allowed' }); errandEar.onend()")
    expect(note).to_contain_text("keeps the microphone from this page")
    # No microphone stays open behind a closed panel.
    voice.click()
    me.keyboard.press("Escape")
    scenes.until(me, "errandEar.isAborted")
    demo.context.close()


def without_speech(page):
    context = page.context.browser.new_context(locale="en-US")
    me = Demo(context, "en").context.new_page()
    me.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    me.goto(BASE)
    me.get_by_test_id("open-chat").click()
    expect(me.get_by_test_id("chat-input")).to_be_visible()
    expect(me.get_by_test_id("voice")).to_be_hidden()
    context.close()


def weigh(responses):
    """What the page weighs: as it came over the wire, or, of a server that compresses nothing, with gzip. What the API
    says is not counted: it depends on how much the person has."""
    for response in responses:
        assert response.url.startswith(BASE), f"a third party was asked: {response.url}"
    responses = [response for response in responses if not response.url.startswith(f"{BASE}/api/")]
    if any("content-encoding" in response.headers for response in responses):
        return sum(response.request.sizes()["responseBodySize"] for response in responses)
    return sum(len(gzip.compress(response.body(), 6)) for response in responses)


def loaded(page, demo, language):
    """Loads the page into a browser that has never seen it. Returns weight and time until it can be used."""
    context = page.context.browser.new_context(locale=language, viewport={"width": 1440, "height": 900},
                                               storage_state=demo and demo.context.storage_state())
    context.add_init_script(WATCH_LOAD)
    me = context.new_page()
    page.errand_watch(me)
    responses = []
    me.on("response", lambda response: responses.append(response))
    me.goto(BASE)
    scenes.until(me, "window.errandLoad.ready > 0")
    me.wait_for_load_state("networkidle")
    seen = me.evaluate("window.errandLoad")
    assert seen["shift"] == 0, f"things moved while the page was loaded: {seen['moved']}"
    assert not seen["refused"], f"the page's policy refused {seen['refused']}"
    end = me.evaluate("performance.timeOrigin") + AT_LEISURE
    weight = weigh([response for response in responses if response.request.timing["startTime"] < end])
    context.close()
    return weight, seen["ready"]


def first_load(page):
    """It is light, soon ready, at rest, and asks nobody else."""
    demo = Demo(page.context.browser.new_context(), "en").fill()
    for name, who, language in (("sign-in", None, "en-US"), ("list", demo, "en-US"), ("list", demo, "de-DE")):
        loads = [loaded(page, who, language) for _ in range(LOADS)]
        weight, ready = max(weight for weight, _ in loads), min(ready for _, ready in loads)
        print(f"first load: {name} ({language}) {weight / 1000:.0f} KB compressed of {WEIGHT_LIMIT / 1000:.0f}, "
              f"ready after {ready:.0f} ms of {READY_WANTED} wanted")
        assert weight < WEIGHT_LIMIT, f"{name}: {weight} bytes, compressed"
        assert ready < READY_LIMIT, f"{name}: ready after {ready:.0f} ms"
    demo.context.close()


def back(page):
    """Who leaves and comes Back finds the page as it was, and live again."""
    # Playwright switches this off, as its pages could not follow.
    browser = page.context.browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"],
        ignore_default_args=["--disable-back-forward-cache"])
    context = browser.new_context()
    demo = Demo(context, "en").fill()
    context.add_init_script("addEventListener('pageshow', (event) => { window.errandCameBack = event.persisted; })")
    me = demo.page()
    me.goto(BASE)
    expect(me.get_by_test_id("task-row").first).to_be_visible()
    me.get_by_test_id("search").fill("the")
    expect(me.locator("mark").first).to_be_visible()
    me.goto(f"{BASE}/account/forgot-password")
    me.evaluate("setTimeout(() => history.back())")
    me.wait_for_url(f"{BASE}/#**", wait_until="commit")
    scenes.until(me, "window.errandCameBack !== undefined")
    reasons = me.evaluate("performance.getEntriesByType('navigation')[0].notRestoredReasons")
    assert me.evaluate("window.errandCameBack"), f"the page was loaded anew: {reasons}"
    expect(me.get_by_test_id("search")).to_have_value("the")
    demo.call("POST", "/api/v1/tasks", {"title": "The one from elsewhere"})
    expect(row(me, "The one from elsewhere")).to_be_visible()
    browser.close()


STEPS = [keys_alone, focus, forced_colours, speech, without_speech, first_load, back]
