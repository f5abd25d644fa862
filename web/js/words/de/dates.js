/** Dates and times. */
export const DATES = {
    "dates.near": "{day} {time}",
    "dates.far": "{day}, {time}",
    "dates.now": "gerade eben",
};
