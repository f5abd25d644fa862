/**
 * What the server reads out of a line of quick add.
 * @typedef {{rrule: string, anchor: string}} Rule
 * @typedef {{start: number, end: number, kind: "due"|"recurrence"|"priority"|"tag"|"reminder", text: string}} Span
 * @typedef {{line: string, parsed: {title: string, due: import("./dates.js").Due|null,
 *   recurrence: Rule|null, tags: string[], priority: string|null, reminders: object[]},
 *   spans: Span[], warnings: {code: string, detail: string}[]}} Reading
 */

/**
 * The task that a reading makes when some of its spans are rejected: their words stay in the title.
 * @param {Reading} reading
 * @param {Set<number>} rejected where the unwanted spans begin
 * @returns {Record<string, any>} a TaskCreate
 */
export function accepted({ line, parsed, spans }, rejected) {
    const kept = spans.filter((span) => !rejected.has(span.start));
    if (kept.length === spans.length) return task(parsed.title, parsed, kept);
    const isMoved = spans.some((span) => span.kind === "due" && rejected.has(span.start));
    let title = "";
    let place = 0;
    for (const span of kept) {
        title += line.slice(place, span.start);
        place = span.end;
    }
    title += line.slice(place);
    return task(title.replace(/\s+/gu, " ").trim(), isMoved ? undated(parsed, kept) : parsed, kept);
}

/**
 * Without the day that was said, a rule begins where its own words have it begin, which the server knows.
 * @param {Reading["parsed"]} parsed
 * @param {Span[]} kept
 */
function undated(parsed, kept) {
    const words = kept.find((span) => span.kind === "recurrence")?.text;
    return { ...parsed, due: null, recurrence: words && parsed.recurrence ? { text: words } : null };
}

/**
 * @param {string} title
 * @param {Omit<Reading["parsed"], "recurrence"> & {recurrence: Rule|{text: string}|null}} parsed
 * @param {Span[]} kept
 */
function task(title, parsed, kept) {
    const has = (/** @type {string} */ kind) => kept.some((span) => span.kind === kind);
    const tags = parsed.tags.filter((tag) => kept.some((span) => span.kind === "tag" && span.text.includes(tag)));
    const isTimed = has("due") || has("recurrence");
    return {
        title,
        ...(isTimed && parsed.due ? { due: parsed.due } : {}),
        ...(has("recurrence") && parsed.recurrence ? { recurrence: ruleIn(parsed.recurrence) } : {}),
        ...(has("priority") && parsed.priority ? { priority: parsed.priority } : {}),
        ...(tags.length ? { tags } : {}),
        ...(has("reminder") && isTimed && parsed.reminders.length ? { reminders: parsed.reminders } : {}),
    };
}

/** @param {Rule|{text: string}} recurrence */
function ruleIn(recurrence) {
    return "rrule" in recurrence ? { rrule: recurrence.rrule, anchor: recurrence.anchor } : recurrence;
}

/**
 * What a line says, with what is filled in beside it: that counts more, except for a day that the form began with.
 * @param {Record<string, any>} said a TaskCreate
 * @param {{due?: import("./dates.js").Due|null, tags?: readonly string[], priority?: string}} filled
 * @param {string} [usualDay] the day that the form began with
 * @returns {Record<string, any>} a TaskCreate; its rule is as it was said, though it may be due on another day by now
 */
export function together(said, { due, tags = [], priority }, usualDay = "") {
    const isUsual = said.due && due?.kind === "date" && due.date === usualDay;
    return {
        ...said,
        ...(priority ? { priority } : {}),
        ...(tags.length ? { tags: [...new Set([...tags, ...(said.tags ?? [])])] } : {}),
        ...(due && !isUsual ? { due } : {}),
    };
}
