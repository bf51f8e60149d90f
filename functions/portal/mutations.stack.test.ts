import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PortalStatus } from "../contracts/portal.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import {
  callApi,
  createTestOrganization,
  eventually,
  okJson,
  sendWebhook,
  webhookBody,
} from "../../local/testing/api.ts";

const requests = 10_000;

/** What can happen to a body on the way: bytes changed, lost, doubled, put in, or text cut off and joined. */
function mutations(body: string): fc.Arbitrary<Buffer> {
  const bytes = Buffer.from(body);
  const at = fc.nat(bytes.length - 1);
  const interesting = fc.constantFrom(
    "null",
    "{}",
    "[]",
    '"',
    "\\u0000",
    "1e999",
    "-",
    "}",
    "\u{1F600}",
    "/Date(99999999999999)/",
    "00000000",
  );
  return fc.oneof(
    fc
      .tuple(at, fc.nat(255))
      .map(([index, byte]) =>
        Buffer.concat([bytes.subarray(0, index), Buffer.of(byte), bytes.subarray(index + 1)]),
      ),
    fc
      .tuple(at, fc.nat(200))
      .map(([index, length]) => Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + length)])),
    fc
      .tuple(at, interesting)
      .map(([index, text]) =>
        Buffer.concat([bytes.subarray(0, index), Buffer.from(text), bytes.subarray(index)]),
      ),
    at.map((index) => bytes.subarray(0, index)),
    fc
      .tuple(fc.constantFrom(...body.matchAll(/: ?("[^"]*"|\d+|null|true|false)/g)), fc.json())
      .map(([match, value]) =>
        Buffer.from(
          `${body.slice(0, match.index)}: ${value}${body.slice((match.index ?? 0) + match[0].length)}`,
        ),
      ),
  );
}

describe("ten thousand damaged webhooks", () => {
  it("are each accepted or refused with a reason; every one is counted, and what was accepted has an outcome", async () => {
    const organization = await createTestOrganization();
    const attributes = { firstname: "Jane", emailaddress1: "jane@example.org", lastname: null };
    const ids = ["11111111-aaaa-4aaa-8aaa-000000000001", "11111111-aaaa-4aaa-8aaa-000000000002"];
    const bodies = ids.flatMap((id) =>
      (["Create", "Update", "Delete"] as const).map((message) =>
        webhookBody(organization, { id, message, attributes: message === "Delete" ? {} : attributes }),
      ),
    );
    const damaged = bodies.flatMap((text, index) =>
      fc.sample(mutations(text), { numRuns: Math.ceil(requests / bodies.length), seed: index + 1 }),
    );

    const answers = new Map<number, number>();
    const accepted = new Set<string>();
    await forEachLimited(damaged, 32, async (one) => {
      const response = await sendWebhook(organization, one);
      answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
      const answer = (await response.json()) as { eventId?: string; code?: string };
      if (answer.eventId) accepted.add(answer.eventId);
      else expect(answer.code).toMatch(/^webhook\./);
    });

    expect([...answers.keys()].toSorted((a, b) => a - b)).toEqual([202, 400, 403]);
    const refused = [...answers]
      .filter(([status]) => status !== 202)
      .reduce((sum, [, count]) => sum + count, 0);
    const status = await eventually(
      async () =>
        okJson<PortalStatus>(
          await callApi("global-admin", "GET", `organizations/${organization.id}/portal/status`),
        ),
      ({ periods }) => total(periods) >= accepted.size,
      60_000,
    );
    expect(total(status.periods)).toBe(accepted.size);
    expect(status.rejections.reduce((sum, { count }) => sum + count, 0)).toBe(refused);
  });
});

function total(periods: PortalStatus["periods"]): number {
  const day = periods.find(({ period }) => period === "24h");
  return day ? day.success + day.error + day.skipped : 0;
}
