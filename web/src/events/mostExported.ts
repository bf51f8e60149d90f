/** An export ends after so many events: the contract's ceiling, written here so that no schema comes along with it. */
export const mostExported = 100_000;
