/** What is being typed into a search that is part of the address. */
export interface Typing {
  typed: string;
  /** The search of the address when it was looked at last. */
  searched: string;
  /** What was typed and sent to the address, until it is there. */
  applied: string | null;
}

/** Nothing is typed yet that the address does not have. */
export function startTyping(search: string): Typing {
  return { typed: search, searched: search, applied: null };
}

/**
 * What is typed once the address has another search. What was typed leads there a moment later, so more may have been
 * typed meanwhile, which stays; a search that came by other means, such as "Back", replaces it.
 */
export function followSearch({ typed, applied }: Typing, search: string): Typing {
  const begun = startTyping(search);
  return search === applied ? { ...begun, typed } : begun;
}
