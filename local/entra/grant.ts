import type { Refusal } from "./refusal.ts";

/** What a grant reads of a request to the token endpoint. */
export type TokenRequest = { form: URLSearchParams; origin: string | undefined };

/** Turns what a client holds (a code, a refresh token, a secret) into tokens. */
export type Grant = (request: TokenRequest) => Promise<Record<string, string | number> | Refusal>;
