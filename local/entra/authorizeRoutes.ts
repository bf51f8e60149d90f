import { Hono, type Context } from "hono";
import { parseAuthorization, type AuthorizationRequest } from "./authorizationRequest.ts";
import { codeLocation, refusalLocation } from "./authorizationResponse.ts";
import { showPage } from "./page.ts";
import type { Issuer } from "./issuer.ts";
import { readParams } from "./params.ts";
import type { Person } from "./people.ts";
import { sessionPerson, startSession } from "./session.ts";
import { refusedPage } from "./refusedPage.ts";
import { signInPage } from "./signInPage.ts";

/** The authorize endpoint, and where its sign-in page sends the choice of a person. */
export function authorizeRoutes(issuer: Issuer): Hono {
  return new Hono()
    .on(["GET", "POST"], "/oauth2/v2.0/authorize", (c) => authorize(c, issuer))
    .post("/login", (c) => signIn(c, issuer));
}

async function authorize(c: Context, issuer: Issuer): Promise<Response> {
  const params = await readParams(c);
  const parsed = parseAuthorization(params, issuer);
  if ("refusal" in parsed) {
    return parsed.returnAddress
      ? c.redirect(refusalLocation(parsed.returnAddress, parsed.refusal))
      : showPage(c, refusedPage(parsed.refusal), { status: 400 });
  }
  const { request } = parsed;
  const person = await sessionPerson(c, issuer);
  if (person && maySignInSilently(request, person)) {
    return c.redirect(await codeLocation(issuer, request, person));
  }
  if (request.prompt === "none") {
    return c.redirect(
      refusalLocation(request, {
        error: "login_required",
        code: 50058,
        message: "A silent sign-in request was sent but no user is signed in.",
      }),
    );
  }
  return showPage(c, signInPage(issuer, params, person), {
    formLeadsTo: new URL(request.redirectUri).origin,
  });
}

/** A session counts when the client did not ask for a choice and does not expect someone else. */
function maySignInSilently({ prompt, loginHint }: AuthorizationRequest, person: Person): boolean {
  const expected = loginHint === undefined || loginHint.toLowerCase() === person.username.toLowerCase();
  return expected && prompt !== "login" && prompt !== "select_account";
}

async function signIn(c: Context, issuer: Issuer): Promise<Response> {
  const form = new URLSearchParams(await c.req.text());
  const parsed = parseAuthorization(form, issuer);
  if ("refusal" in parsed) return showPage(c, refusedPage(parsed.refusal), { status: 400 });
  const person = issuer.people.find(({ signIn }) => signIn === form.get("person"));
  if (!person) {
    const message = `There is no '${form.get("person") ?? ""}' among the sample people.`;
    return showPage(c, refusedPage({ error: "invalid_request", message }), { status: 400 });
  }
  await startSession(c, issuer, person);
  return c.redirect(await codeLocation(issuer, parsed.request, person), 303);
}
