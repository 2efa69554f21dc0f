/** Numbers of `EXAMPLE`, for the list of all commands: it is shown without loading the catalogue. A test holds them to it. */
export const EXAMPLE_NUMBERS = { first: 1, stage: 3, compared: [1, 2, 3] } as const;
