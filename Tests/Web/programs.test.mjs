import assert from "node:assert/strict";
import { test } from "node:test";
import { rightsWords, timesWords } from "../../web/js/components/programs-panel.js";
import { problem, setUp } from "./fake-store.mjs";

const program = (id, changes = {}) => ({
    id, name: id, scopes: ["tasks:read", "tasks:write"], created_at: "2026-11-10T10:00:00Z",
    expires_at: "2027-02-08T10:00:00Z", last_used_at: "2026-11-18T09:00:00Z", ...changes,
});

/** A signed-in window with the programs open. */
async function withPrograms(answers, ...stored) {
    const set = setUp({ programs: () => ({ items: [...stored] }), revokeProgram: () => null, ...answers });
    await set.store.start();
    await set.store.programs.open();
    return { ...set, programs: () => set.store.state.programs };
}

test("programs are listed when they are asked for, and forgotten with the account", async () => {
    const { store, programs, calls } = await withPrograms({}, program("Claude"), program("Cursor"));
    assert.deepEqual(programs().items.map(({ name }) => name), ["Claude", "Cursor"]);
    assert.ok(programs().isOpen && !programs().isLoading);
    assert.equal(calls.filter(([name]) => name === "programs").length, 1);
    await store.signOut();
    assert.deepEqual(programs().items, []);
    assert.ok(!programs().isOpen);
});

test("a revoked program leaves the list, and a second click does nothing", async () => {
    const [claude, cursor] = [program("Claude"), program("Cursor")];
    const { store, programs, calls } = await withPrograms({}, claude, cursor);
    const first = store.programs.revoke(claude);
    assert.deepEqual(programs().leaving, ["Claude"]);
    await store.programs.revoke(claude);
    await first;
    assert.deepEqual(calls.filter(([name]) => name === "revokeProgram"), [["revokeProgram", "Claude"]]);
    assert.deepEqual(programs().items, [cursor]);
    assert.deepEqual(programs().leaving, []);
    assert.match(programs().message, /Claude can no longer use Errand/u);
});

test("a program that cannot be revoked stays and says why; one that is gone already goes", async () => {
    let status = 503;
    const claude = program("Claude");
    const answers = { revokeProgram: () => { throw problem(status, "nope"); } };
    const { store, programs } = await withPrograms(answers, claude);
    await store.programs.revoke(claude);
    assert.deepEqual(programs().items, [claude]);
    assert.match(programs().message, /still use Errand. nope/u);
    status = 404;
    await store.programs.revoke(claude);
    assert.deepEqual(programs().items, []);
});

test("a list that was asked for before does not bring a revoked program back", async () => {
    const claude = program("Claude");
    let answer = () => {};
    const { store, programs, answers } = await withPrograms({}, claude);
    answers.programs = () => new Promise((done) => { answer = () => done({ items: [claude] }); });
    const reading = store.programs.refresh();
    await store.programs.revoke(claude);
    answer();
    await reading;
    assert.deepEqual(programs().items, []);
});

test("a list that cannot be read says so and keeps what is there", async () => {
    const { store, programs, answers } = await withPrograms({}, program("Claude"));
    answers.programs = () => { throw problem(500, "broken"); };
    await store.programs.refresh();
    assert.equal(programs().items.length, 1);
    assert.match(programs().message, /Not up to date. broken/u);
});

test("rights and times are in words", () => {
    assert.equal(rightsWords(["tasks:read"]), "May see your tasks.");
    assert.equal(
        rightsWords(["tasks:read", "tasks:write", "account:read"]),
        "May see your tasks, change your tasks, and see your account.",
    );
    assert.equal(rightsWords(["later:thing"]), "May later:thing.");
    const setting = { now: new Date("2026-11-18T11:00:00Z"), zone: "Europe/Paris" };
    assert.equal(timesWords(program("a", { expires_at: null }), setting), "Since Tue, Nov 10, last used today");
    const unused = timesWords(program("a", { last_used_at: null }), setting);
    assert.match(unused, /^Since Tue, Nov 10, never used, until .*Feb 8/u);
    assert.match(timesWords(program("a", { expires_at: "2026-11-17T10:00:00Z" }), setting), /ended yesterday$/u);
});
