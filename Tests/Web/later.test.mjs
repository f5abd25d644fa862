import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { isComing, Later } from "../../web/js/components/later.js";

/** As much of an element as standing in for another one needs. */
class Place {
    setAttribute() {}

    replaceWith(other) { this.other = other; }
}

globalThis.document = { createElement: () => new Place() };

/** A part that takes note of what it is told. */
class Panel {
    told = [];
    element = new Place();
    dirty = true;

    open(...what) { this.told.push(["open", ...what]); }

    update({ rows }) { this.told.push(["update", rows]); }

    suspend() { this.told.push(["suspend"]); }

    dispose() { this.told.push(["dispose"]); }
}

/** A store, and a part whose module comes, or does not, when the test says so. */
function setUp(how = {}) {
    const said = [];
    const loads = [];
    const store = { state: { phase: "signed-in", rows: 1, isWanted: false }, say: (text) => said.push(text) };
    const load = () => new Promise((come, fail) => { loads.push({ come: () => come({ Panel }), fail }); });
    const later = new Later(store, { load, make: (module) => new module.Panel(), ...how });
    return { store, later, said, loads, settled: () => new Promise((done) => { setImmediate(done); }) };
}

beforeEach(() => {
    mock.timers.reset();
    mock.timers.enable({ apis: ["setTimeout"] });
});

test("a part comes when it is first called for, and does the last of what it was called for meanwhile", async () => {
    const { later, loads, settled } = setUp();
    assert.equal(loads.length, 0);
    assert.equal(later.dirty, false);
    later.use((part) => part.open("first"));
    later.use((part) => part.open("second"));
    assert.equal(loads.length, 1);
    assert.equal(later.part, null);
    assert.equal(isComing(), true);
    loads[0].come();
    await settled();
    assert.equal(isComing(), false);
    assert.deepEqual(later.part.told, [["update", 1], ["open", "second"]]);
    assert.equal(later.element.other, later.part.element);
    assert.equal(later.dirty, true);
    later.open();
    later.update({ rows: 2 });
    later.suspend();
    later.dispose();
    assert.deepEqual(later.part.told.slice(2), [["open"], ["update", 2], ["suspend"], ["dispose"]]);
    assert.equal(loads.length, 1);
});

test("a part that the state opens comes with the state, once", async () => {
    const { store, later, loads, settled } = setUp({ isWanted: ({ isWanted }) => isWanted });
    later.update(store.state);
    assert.equal(loads.length, 0);
    store.state = { ...store.state, isWanted: true, rows: 2 };
    later.update(store.state);
    store.state = { ...store.state, rows: 3 };
    later.update(store.state);
    loads[0].come();
    await settled();
    assert.equal(loads.length, 1);
    assert.deepEqual(later.part.told, [["update", 3]]);
});

test("a part is fetched at leisure, so that it opens at once, also offline", async () => {
    const { later, loads, settled } = setUp();
    mock.timers.tick(4_999);
    assert.equal(loads.length, 0);
    mock.timers.tick(1);
    assert.equal(loads.length, 1);
    assert.equal(isComing(), false);
    loads[0].come();
    await settled();
    assert.equal(later.part, null);
    later.open();
    assert.deepEqual(later.part.told, [["update", 1], ["open"]]);
    assert.equal(loads.length, 1);
});

test("the first list goes before what is fetched at leisure", () => {
    const { store, loads } = setUp();
    store.state = { ...store.state, loading: "first" };
    mock.timers.tick(5_000);
    assert.equal(loads.length, 0);
    store.state = { ...store.state, loading: "" };
    mock.timers.tick(5_000);
    assert.equal(loads.length, 1);
});

test("a part that cannot be had says so, is wanted no longer, and can be called for again", async () => {
    let given = 0;
    const { later, loads, said, settled } = setUp({ giveUp: () => { given += 1; } });
    later.open();
    loads[0].fail(new TypeError("Failed to fetch"));
    await settled();
    assert.match(said[0], /could not be loaded/u);
    assert.equal(given, 1);
    assert.equal(isComing(), false);
    later.open();
    loads[1].come();
    await settled();
    assert.deepEqual(later.part.told, [["update", 1], ["open"]]);
});

test("nothing opens over the sign-in screen, nor on a screen that is gone", async () => {
    const lost = setUp();
    lost.later.open();
    lost.later.suspend();
    lost.store.state = { ...lost.store.state, phase: "expired" };
    lost.loads[0].come();
    await lost.settled();
    assert.deepEqual(lost.later.part.told, []);
    const left = setUp();
    left.later.open();
    left.later.dispose();
    left.loads[0].come();
    await left.settled();
    assert.equal(left.later.part, null);
});
