/** Tasks to look around with. */
export const EXAMPLES = {
    "examples.tick": "Tick me off: press c, or the circle",
    "examples.move": "Move me: press d, or drag me to a day in Upcoming",
    "examples.write": "Press q and write: Pay rent every month on the 1st #home",
    "examples.about": "Three of these tasks are examples to try things on.",
    "examples.remove": "Remove the examples",
    "examples.keep": "Keep them",
    "examples.added": "Added three examples.",
    "examples.removed": "Removed the examples.",
};
