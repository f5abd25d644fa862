import assert from "node:assert/strict";
import { test } from "node:test";
import { EventStream } from "../../web/js/lib/event-stream.js";
import { replies } from "../../web/js/store/chat.js";
import { problem, setUp } from "./fake-store.mjs";

const call = (tool, title, undo = "u1") => ({
    tool, tool_name: tool, arguments: {}, result: { status: "x", tasks: [{ title }], undo },
});

/** A signed-in window whose chat answers in turn. */
async function withChat(...answers) {
    const said = [];
    const set = setUp({
        chat: (body) => {
            said.push(body);
            const answer = answers.shift();
            if (answer instanceof Error) throw answer;
            return { conversation_id: "c1", tool_calls: [], ...answer };
        },
        undo: () => ({ items: [], undone: 1 }),
    });
    await set.store.start();
    set.store.chat.open();
    return { ...set, said, chat: () => set.store.state.chat };
}

test("what is said and answered is shown, with a card for what was done", async () => {
    const { store, chat, said } = await withChat(
        { response: "Added.", tool_calls: [call("add_task", "Milk")] }, { response: "Nothing." },
    );
    assert.equal(await store.chat.say(" add milk "), true);
    assert.deepEqual(chat().messages.map(({ from, text }) => [from, text]), [["me", "add milk"], ["errand", "Added."]]);
    assert.deepEqual(chat().messages[1].cards, [{ text: "Added: Milk", undo: "u1", status: "done" }]);
    await store.chat.say("what's overdue?");
    assert.deepEqual(said.map((body) => body.conversation_id), [null, "c1"]);
});

test("a card can be taken back", async () => {
    const { store, chat, calls } = await withChat({ response: "Done.", tool_calls: [call("complete_task", "Milk")] });
    await store.chat.say("done 1");
    await store.chat.undo(chat().messages[1].id, "u1");
    assert.equal(chat().messages[1].cards[0].status, "undone");
    assert.deepEqual(calls.filter(([name]) => name === "undo"), [["undo", "u1"]]);
});

test("a question offers its answers until something is said", async () => {
    const { store, chat } = await withChat(
        {
            response: "Which?",
            needs_confirmation: { kind: "which", tasks: [{ task_id: 3, title: "A" }, { task_id: 4, title: "B" }] },
        },
        { response: "Sure?", needs_confirmation: { kind: "whether", tasks: [] } },
    );
    await store.chat.say("delete it");
    assert.deepEqual(chat().messages[1].replies.map(({ says }) => says), ["#3", "#4", "none"]);
    await store.chat.say("#3");
    assert.deepEqual(chat().messages[1].replies, []);
    assert.deepEqual(chat().messages[3].replies.map(({ says }) => says), ["yes", "no"]);
});

test("a refusal is shown, and a conversation that is gone is begun anew", async () => {
    const { store, chat, said } = await withChat({ response: "Hi." }, problem(404, "not_found"), { response: "Hi." });
    await store.chat.say("hello");
    assert.equal(await store.chat.say("hello"), false);
    assert.equal(chat().messages.at(-1).failed, true);
    assert.equal(chat().isWaiting, false);
    await store.chat.say("hello");
    assert.deepEqual(said.map((body) => body.conversation_id), [null, "c1", null]);
});

test("the chat of one person is not shown to the next", async () => {
    const { store, chat } = await withChat({ response: "Hi." });
    await store.chat.say("hello");
    await store.signOut();
    assert.deepEqual(chat().messages, []);
});

/** A chat whose one answer comes in events, which a test sends. */
async function withStream() {
    let send = () => {};
    let finish = () => {};
    const set = setUp({
        chat: (body, { listen, signal }) => new Promise((done, fail) => {
            send = listen;
            finish = (/** @type {any} */ data) => (data instanceof Error ? fail(data) : done(data));
            signal.addEventListener("abort", () => fail(signal.reason));
        }),
    });
    await set.store.start();
    set.store.chat.open();
    const said = set.store.chat.say("add milk");
    await new Promise((done) => { setTimeout(done); });
    return {
        ...set, said, send: (...parts) => send(...parts), finish: (data) => finish(data),
        chat: () => set.store.state.chat,
    };
}

test("an answer is shown as it comes, with its cards, and is whole at the end", async () => {
    const { said, send, finish, chat } = await withStream();
    send("delta", { text: "I am " });
    assert.deepEqual(chat().messages.map(({ text, coming }) => [text, coming]), [["add milk", false], ["I am ", true]]);
    send("tool", call("add_task", "Milk"));
    send("tool", call("list_tasks", "Milk"));
    send("delta", { text: "done." });
    assert.deepEqual([chat().messages[1].text, chat().messages[1].cards.length], ["I am done.", 1]);
    finish({
        conversation_id: "c1", response: "I am done.\n\nNo model.", tool_calls: [call("add_task", "Milk")],
        notice: { code: "model_unavailable", detail: "No model." },
    });
    assert.equal(await said, true);
    const last = chat().messages[1];
    assert.deepEqual([last.text, last.notice, last.coming, last.cards.length], ["I am done.", "No model.", false, 1]);
    assert.equal(chat().isWaiting, false);
});

test("an answer that fails half-way keeps what came, and one that fails at once is a refusal", async () => {
    const { said, send, finish, chat } = await withStream();
    send("delta", { text: "I am " });
    finish(problem(503, "unavailable"));
    assert.equal(await said, false);
    assert.deepEqual([chat().messages[1].text, chat().messages[1].notice], ["I am ", "unavailable."]);
    assert.equal(chat().messages[1].failed, false);
});

test("an answer can be stopped", async () => {
    const { store, said, send, chat } = await withStream();
    send("delta", { text: "I am " });
    store.chat.stop();
    assert.equal(await said, true);
    assert.deepEqual([chat().messages[1].text, chat().messages[1].notice], ["I am ", "Stopped."]);
    assert.deepEqual([chat().isWaiting, chat().messages[1].coming], [false, false]);
});

test("events are read however they are cut", () => {
    const text = ": hi\r\nevent: delta\r\ndata: {\"a\":\r\ndata:1}\r\n\r\ndata: x\n\n\n"
        + "event: done\rdata: y\r\rdata: never";
    for (const size of [1, 2, 3, 7, 1000]) {
        const stream = new EventStream();
        const events = [];
        for (let place = 0; place < text.length; place += size) {
            events.push(...stream.read(text.slice(place, place + size)));
        }
        assert.deepEqual(events, [
            { name: "delta", data: "{\"a\":\n1}" }, { name: "message", data: "x" }, { name: "done", data: "y" },
        ], `${size}`);
    }
});

test("what may be given to a model is a setting of the account", async () => {
    const { store, answers, calls } = await withChat();
    answers.changeMe = (body) => ({ ...store.state.user, ...body });
    await store.chat.choose("model_allowed", false);
    assert.equal(store.state.user.model_allowed, false);
    assert.deepEqual(calls.at(-1), ["changeMe", { model_allowed: false }]);
    answers.changeMe = () => { throw problem(503, "unavailable"); };
    await store.chat.choose("model_allowed", true);
    assert.equal(store.state.user.model_allowed, false);
});

test("a question is answered by words of the language in which the chat listens, shown in that of the page", () => {
    const question = { kind: "whether", tasks: [{ task_id: 3, title: "Milch" }] };
    const says = (user) => replies(question, user).map((one) => one.says);
    assert.deepEqual(says({ language: "de" }), ["ja", "nein"]);
    assert.deepEqual(says({ language: "de", locale: "en-GB" }), ["yes", "no"]);
    assert.deepEqual(says(null), ["yes", "no"]);
    assert.deepEqual(replies({ ...question, kind: "which" }, { locale: "de-AT" }), [
        { text: "3 · Milch", says: "#3" }, { text: "None", says: "keine" },
    ]);
    assert.deepEqual(replies(null), []);
});
