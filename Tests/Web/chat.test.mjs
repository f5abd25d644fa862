import assert from "node:assert/strict";
import { test } from "node:test";
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
