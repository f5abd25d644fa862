import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { watchPress, whenReleased } from "../../web/js/lib/press.js";

/** A document, as far as it is listened to. */
function pages() {
    const heard = new Map();
    return {
        addEventListener: (type, action) => { heard.set(type, action); },
        say: (type) => heard.get(type)(),
    };
}

test("what makes room waits until nothing is pressed, and is then done once", () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const page = pages();
    watchPress(page);
    let folded = 0;
    const fold = () => { folded += 1; };
    whenReleased(fold);
    assert.equal(folded, 0);
    mock.timers.tick(0);
    assert.equal(folded, 1);
    for (const end of ["pointerup", "pointercancel"]) {
        folded = 0;
        page.say("pointerdown");
        whenReleased(fold);
        whenReleased(fold);
        mock.timers.tick(500);
        assert.equal(folded, 0, "still pressed");
        page.say(end);
        assert.equal(folded, 0, "the click comes first");
        mock.timers.tick(0);
        assert.equal(folded, 1);
    }
    mock.timers.reset();
});
