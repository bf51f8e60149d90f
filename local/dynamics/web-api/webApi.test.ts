import { describe, expect, it } from "vitest";
import { startTestDynamics } from "../testing/environment.ts";

const { dynamics, contoso, api } = await startTestDynamics({
  authorize: async (token, environmentUrl) => token === `good for ${environmentUrl}`.replaceAll(" ", "-"),
  authorizationUri: "https://login.example.org/authorize",
});
const authorization = `Bearer ${`good for ${contoso.environmentUrl}`.replaceAll(" ", "-")}`;

describe("access", () => {
  it.each([undefined, "Bearer wrong", "Basic x"])("is refused with a challenge for %s", async (value) => {
    const answer = await api("WhoAmI", value === undefined ? {} : { headers: { authorization: value } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe(
      `Bearer authorization_uri=https://login.example.org/authorize, resource_id=${contoso.environmentUrl}/`,
    );
  });

  it("is given to a token for this environment, and not for another", async () => {
    expect((await api("WhoAmI", { headers: { authorization } })).status).toBe(200);
    const fabrikam = dynamics.environment("fabrikam").environmentUrl;
    expect((await api(`${fabrikam}/api/data/v9.2/WhoAmI`, { headers: { authorization } })).status).toBe(401);
  });

  it("in a session is that of a person, not of the application", async () => {
    const { body } = await api(`${dynamics.url}/_control/session`, { method: "POST" });
    const answer = await api("WhoAmI", { headers: { authorization: `Bearer ${body.token}` } });
    expect(answer.status).toBe(200);
    expect(answer.body.UserId).not.toBe(contoso.applicationUserId);
  });
});

describe("an injected fault", () => {
  const call = () => api("WhoAmI", { headers: { authorization } });
  const inject = (fault: object) => api(`${contoso.environmentUrl}/_faults`, { method: "POST", body: fault });

  it("throttles as the service protection limits do, for as many requests as asked", async () => {
    await inject({ status: 429, count: 2, retryAfterSeconds: 7 });
    const [first, second, third] = [await call(), await call(), await call()];
    expect(first.status).toBe(429);
    expect(first.headers.get("retry-after")).toBe("7");
    expect(first.body.error.code).toBe("0x80072322");
    expect([second.status, third.status]).toEqual([429, 200]);
  });

  it("makes the service unavailable", async () => {
    contoso.injectFault({ status: 503 });
    expect((await call()).status).toBe(503);
  });

  it("delays an answer without refusing it", async () => {
    contoso.injectFault({ delayMilliseconds: 1 });
    expect((await call()).status).toBe(200);
  });

  it("is taken back", async () => {
    await inject({ status: 503, count: 100 });
    await api(`${contoso.environmentUrl}/_faults`, { method: "DELETE" });
    expect((await call()).status).toBe(200);
  });

  it("is refused when it makes no sense", async () => {
    expect((await inject({ status: 200 })).status).toBe(400);
    expect((await inject({ kind: "flood" })).status).toBe(400);
  });
});
