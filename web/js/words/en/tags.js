/** Tags: the field, its suggestions. */
export const TAGS = {
    "tags.label": "Tags",
    "tags.chosen": "Chosen tags",
    "tags.placeholder": "home, errands",
    "tags.remove": "Remove tag {name}",
    "tags.create": "Create “{name}”",
    "tags.uses": { one: "{count} task", other: "{count} tasks" },
    "tags.suggestions": { one: "{count} suggestion", other: "{count} suggestions" },
    "tags.too-many": "A task has at most 50 tags.",
    "tags.too-long": "A tag has at most 60 characters.",
};
