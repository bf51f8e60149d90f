/** For tests alone: an issuer without a port, and a client that walks through a sign-in step by step. */
import { createHash } from "node:crypto";
import type { Hono } from "hono";
import { entraApp } from "./app.ts";
import type { Issuer } from "./issuer.ts";
import { generateKeys } from "./keys.ts";
import { SAMPLE_PEOPLE } from "./people.ts";
import { isLoopbackRedirectUri } from "./redirectUri.ts";
import { SAMPLE_CLIENT_ID, SAMPLE_DATAVERSE_APP, SAMPLE_SCOPE, SAMPLE_TENANT_ID } from "./sample.ts";

/** What tests do with the issuer. `now` is its clock, in epoch milliseconds, and may be moved. */
export type TestIssuer = {
  issuer: Issuer;
  app: Hono;
  time: { now: number };
  authorize(changes?: Changes, cookie?: string): Promise<Response>;
  /** The same request as a form. */
  postAuthorize(changes?: Changes, cookie?: string): Promise<Response>;
  login(person: string, changes?: Changes): Promise<Response>;
  /** Sends a form to the token endpoint. `origin: null` is a caller that is no browser. */
  token(
    form: Record<string, string>,
    options?: { origin?: string | null; authorization?: string },
  ): Promise<Response>;
  /** Signs in and redeems the code. */
  signIn(person: string, changes?: Changes): Promise<Record<string, string>>;
};

/** Parameters of the authorize endpoint that differ from a good request; undefined leaves one out. */
export type Changes = Record<string, string | undefined>;

export const PORTAL = "http://localhost:5173";
export const REDIRECT_URI = `${PORTAL}/redirect.html`;
const VERIFIER = "a-code-verifier-that-is-at-least-forty-three-characters";

const GOOD_REQUEST = {
  client_id: SAMPLE_CLIENT_ID,
  redirect_uri: REDIRECT_URI,
  response_type: "code",
  response_mode: "fragment",
  scope: `${SAMPLE_SCOPE} openid profile offline_access`,
  state: "the-state",
  nonce: "the-nonce",
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  code_challenge_method: "S256",
};

/** Builds the issuer over the sample directory, with keys and a clock of its own. */
export async function testIssuer(url = "http://localhost:9801"): Promise<TestIssuer> {
  const time = { now: Date.UTC(2026, 0, 5, 8, 0, 0) };
  const issuer: Issuer = {
    url,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    people: SAMPLE_PEOPLE,
    apps: [SAMPLE_DATAVERSE_APP],
    isRedirectUri: isLoopbackRedirectUri,
    keys: await generateKeys(),
    clock: () => time.now,
  };
  const app = entraApp(issuer);
  const at = (path: string) => `${issuer.url}/${SAMPLE_TENANT_ID}${path}`;

  const authorize = async (changes?: Changes, cookie = "") =>
    app.request(at(`/oauth2/v2.0/authorize?${requestParams(changes).toString()}`), { headers: { cookie } });
  const postAuthorize = async (changes?: Changes, cookie = "") =>
    app.request(at("/oauth2/v2.0/authorize"), {
      method: "POST",
      body: requestParams(changes),
      headers: { cookie },
    });
  const login = async (person: string, changes?: Changes) => {
    const body = requestParams(changes);
    body.set("person", person);
    return app.request(at("/login"), { method: "POST", body });
  };
  const token: TestIssuer["token"] = async (form, { origin = PORTAL, authorization } = {}) =>
    app.request(at("/oauth2/v2.0/token"), {
      method: "POST",
      body: new URLSearchParams(form),
      headers: { ...(origin === null ? {} : { origin }), ...(authorization ? { authorization } : {}) },
    });
  const signIn: TestIssuer["signIn"] = async (person, changes) => {
    const { code } = answerOf(await login(person, changes));
    const response = await token(codeForm(code!));
    return (await response.json()) as Record<string, string>;
  };
  return { issuer, app, time, authorize, postAuthorize, login, token, signIn };
}

/** The form that redeems a code of a good request. */
export function codeForm(code: string): Record<string, string> {
  return {
    grant_type: "authorization_code",
    client_id: SAMPLE_CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    code,
    code_verifier: VERIFIER,
  };
}

/** What a redirect brings back to the client, from the query or the fragment. */
export function answerOf(response: Response): Record<string, string> {
  const url = new URL(response.headers.get("location") ?? "about:blank");
  return Object.fromEntries(new URLSearchParams(url.hash.slice(1) || url.search));
}

/** The cookie that a response sets, as a browser would send it back. */
export function cookieOf(response: Response): string {
  return (response.headers.get("set-cookie") ?? "").split(";")[0]!;
}

function requestParams(changes: Changes = {}): URLSearchParams {
  const params = Object.entries({ ...GOOD_REQUEST, ...changes });
  return new URLSearchParams(params.filter((param): param is [string, string] => param[1] !== undefined));
}
