import assert from "node:assert/strict";
import { test } from "node:test";
import { firstLook } from "../../web/js/components/account-forms.js";
import { problem, setUp, USER } from "./fake-store.mjs";

const MATRIX = { reminder: ["in_app", "email"], digest: [], security: ["in_app"], task_event: ["webhook"] };
const ANA = { ...USER, notifications: MATRIX, quiet_hours: null, digest_at: null };
const channel = (id, changes = {}) => ({
    id, kind: "webhook", name: id, status: "active", configuration: { url: "https://a.example/" }, failures: 0,
    last_result: null, ...changes,
});
const delivery = (state, explanation) => ({ items: [{ channel_id: "c1", state, explanation }] });

/** A signed-in window whose server merges what is saved. */
async function withSettings(answers = {}) {
    let user = ANA;
    const changeMe = ({ notifications, ...rest }) => {
        user = { ...user, ...rest, notifications: { ...user.notifications, ...notifications } };
        return user;
    };
    const set = setUp({
        me: () => ANA, changeMe, channels: () => ({ items: [] }), pushKey: () => ({ public_key: null }), ...answers,
    });
    await set.store.start();
    set.store.settings.open();
    const { store } = set;
    return { ...set, settings: () => store.state.settings, channels: () => store.state.channels };
}

test("a choice shows at once, is saved as its whole row, and says so", async () => {
    const { store, settings, calls } = await withSettings();
    const saving = store.settings.setKind("reminder", "ntfy", true);
    assert.deepEqual(settings().pending, { "notifications.reminder": ["in_app", "email", "ntfy"] });
    assert.equal(settings().notes.matrix.text, "Saving…");
    await saving;
    assert.deepEqual(calls.at(-1), ["changeMe", { notifications: { reminder: ["in_app", "email", "ntfy"] } }]);
    assert.deepEqual(store.state.user.notifications.reminder, ["in_app", "email", "ntfy"]);
    assert.deepEqual(settings().pending, {});
    assert.deepEqual(settings().notes.matrix, { text: "Saved.", isError: false });
});

test("two quick choices in one row are both kept, one write after the other", async () => {
    let atOnce = 0;
    let most = 0;
    const set = await withSettings();
    const merge = set.answers.changeMe;
    set.answers.changeMe = async (patch) => {
        most = Math.max(most, atOnce += 1);
        await new Promise((done) => { setTimeout(done); });
        atOnce -= 1;
        return merge(patch);
    };
    const { store } = set;
    const { settings } = store;
    await Promise.all([settings.setKind("reminder", "ntfy", true), settings.setKind("reminder", "email", false)]);
    assert.deepEqual(store.state.user.notifications.reminder, ["in_app", "ntfy"]);
    assert.equal(most, 1);
    assert.equal(set.settings().notes.matrix.text, "Saved.");
});

test("a refusal takes the choice back and says why", async () => {
    const { store, settings } = await withSettings({ changeMe: () => { throw problem(503, "unavailable"); } });
    await store.settings.setKind("reminder", "email", false);
    assert.deepEqual(settings().pending, {});
    assert.deepEqual(store.state.user.notifications.reminder, ["in_app", "email"]);
    assert.deepEqual(settings().notes.matrix, { text: "Not saved. unavailable.", isError: true });
    // What comes after is not held up by it.
    await store.settings.setDigest("07:30");
    assert.ok(settings().notes.digest.isError);
});

test("quiet hours and digest are set and ended", async () => {
    const { store, calls } = await withSettings();
    await store.settings.setQuietHours({ from: "22:00", to: "07:00" });
    await store.settings.setDigest("07:30");
    await store.settings.setQuietHours(null);
    const sent = calls.filter(([name]) => name === "changeMe").map(([, patch]) => patch);
    const hours = { from: "22:00", to: "07:00" };
    assert.deepEqual(sent, [{ quiet_hours: hours }, { digest_at: "07:30" }, { quiet_hours: null }]);
    assert.equal(store.state.user.quiet_hours, null);
    assert.equal(store.state.user.digest_at, "07:30");
});

test("a secret is shown once and forgotten; an address says that it waits", async () => {
    const { store, channels } = await withSettings({ addChannel: () => ({ ...channel("c1"), secret: "whsec_x" }) });
    await store.channels.add({ kind: "webhook", url: "https://a.example/" });
    assert.deepEqual(channels().secret, { id: "c1", name: "c1", text: "whsec_x" });
    store.channels.forgetSecret();
    assert.equal(channels().secret, null);
    const other = await withSettings({ addChannel: () => channel("e1", { kind: "email", status: "unverified" }) });
    await other.store.channels.add({ kind: "email", address: "ana@example.org" });
    assert.match(other.channels().message, /until the address is confirmed/u);
    assert.equal(other.channels().secret, null);
    await store.signOut();
    assert.equal(channels().secret, null);
});

/** Runs what waits until the action is over, and at most so often. */
async function finish(action, runLater, most) {
    let isOver = false;
    action.then(() => { isOver = true; });
    let rounds = 0;
    for (; !isOver && rounds < most; rounds += 1) await runLater();
    assert.ok(isOver, "it ends by itself");
    return rounds;
}

test("a test is followed until it has arrived", async () => {
    const states = [delivery("pending", "Soon."), null, delivery("delivered", "It was delivered.")];
    const { store, channels, runLater, calls } = await withSettings({
        testChannel: () => ({ notification_id: "n1" }),
        // A look that fails on the way does not end it.
        deliveries: () => states.shift() ?? (() => { throw problem(0, "network"); })(),
    });
    const sending = store.channels.test(channel("c1"));
    assert.ok(channels().notes.c1.isRunning);
    await store.channels.test(channel("c1"));
    await finish(sending, runLater, 20);
    assert.deepEqual(channels().notes.c1, { text: "Test: It was delivered.", isError: false, isRunning: false });
    assert.equal(calls.filter(([name]) => name === "testChannel").length, 1);
    assert.equal(states.length, 0);
});

test("a test that does not come to its end is not followed for ever", async () => {
    let looks = 0;
    const { store, channels, runLater } = await withSettings({
        testChannel: () => ({ notification_id: "n1" }),
        deliveries: () => { looks += 1; return delivery("waiting", "It will be tried again."); },
    });
    await finish(store.channels.test(channel("c1")), runLater, 40);
    assert.ok(looks <= 10, `${looks} looks`);
    assert.match(channels().notes.c1.text, /tried again\. Look again in a while\.$/u);
    assert.ok(!channels().notes.c1.isRunning);
});

test("a test that is refused, or fails, says why", async () => {
    const { store, channels, answers, runLater } = await withSettings({
        testChannel: () => { throw problem(409, "channel_off"); },
        deliveries: () => delivery("failed", "It could not be delivered."),
    });
    await store.channels.test(channel("c1"));
    assert.deepEqual(channels().notes.c1, { text: "Not sent. channel_off.", isError: true, isRunning: false });
    answers.testChannel = () => ({ notification_id: "n1" });
    await finish(store.channels.test(channel("c1")), runLater, 20);
    const failed = { text: "Test: It could not be delivered.", isError: true, isRunning: false };
    assert.deepEqual(channels().notes.c1, failed);
});

test("a channel is turned off, given a new secret, and removed", async () => {
    const { store, channels, calls, answers } = await withSettings({
        changeChannel: () => channel("c1"), removeChannel: () => null, rotateSecret: () => ({ secret: "whsec_new" }),
        verifyChannel: () => { throw problem(404, "not_found"); },
    });
    await store.channels.setEnabled(channel("c1"), false);
    assert.deepEqual(calls.find(([name]) => name === "changeChannel"), ["changeChannel", "c1", { enabled: false }]);
    await store.channels.rotate(channel("c1"));
    assert.equal(channels().secret.text, "whsec_new");
    await store.channels.remove(channel("c1"));
    assert.equal(channels().message, "Removed “c1”.");
    assert.equal(channels().secret, null, "its secret goes with it");
    await store.channels.verify(channel("e1"));
    assert.deepEqual(channels().notes.e1, { text: "Not sent. not_found.", isError: true, isRunning: false });
    answers.removeChannel = () => { throw problem(503, "unavailable"); };
    await store.channels.remove(channel("c2"));
    assert.equal(channels().notes.c2.text, "Not removed. unavailable.");
});

test("how a notification came is shown, hidden, and forgotten with the inbox", async () => {
    const { store, answers } = await withSettings({ deliveries: () => delivery("delivered", "It was delivered.") });
    const receipts = () => store.state.inbox.receipts;
    await store.inbox.open();
    await store.inbox.why({ id: "n1" });
    assert.equal(receipts().n1.items[0].explanation, "It was delivered.");
    await store.inbox.why({ id: "n1" });
    assert.deepEqual(receipts(), {});
    answers.deliveries = () => { throw problem(404, "not_found"); };
    await store.inbox.why({ id: "n2" });
    assert.equal(receipts().n2.message, "It is no longer there.");
    store.inbox.close();
    assert.deepEqual(receipts(), {});
});

test("forms of the account see what is plainly wrong", () => {
    assert.deepEqual(Object.keys(firstLook({ email: "nope", new_password: "short" })), ["email", "new_password"]);
    assert.deepEqual(firstLook({ email: "a@example.org", new_password: "long enough", current_password: "" }), {});
});
