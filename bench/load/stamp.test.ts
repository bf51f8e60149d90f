import { expect, test } from "vitest";
import { parseContext } from "../../functions/dynamics/context.ts";
import { eventIdentity } from "../../functions/dynamics/eventIdentity.ts";
import { sampleOrganizations } from "../../local/stack/sampleOrganizations.ts";
import type { SampleOrganization } from "../../local/stack/sampleOrganizations.ts";
import { createStamp } from "./stamp.ts";

const organization = sampleOrganizations[0] as SampleOrganization;

test("every stamped body is another event of another moment, and none is damaged", () => {
  const stamp = createStamp(organization);
  const contexts = Array.from({ length: 50 }, () => {
    const body = stamp.nextBody();
    const context = parseContext(body.toString("utf8"));
    return { eventId: eventIdentity(context, body), context };
  });
  expect(new Set(contexts.map(({ eventId }) => eventId)).size).toBe(50);
  expect(new Set(contexts.map(({ context }) => context.recordId)).size).toBe(50);
  expect(new Set(contexts.map(({ context }) => context.targets[0]?.columns?.["modifiedon"])).size).toBe(50);
  for (const { context } of contexts) {
    expect(context.organizationId).toBe(organization.dynamicsOrganizationId);
    expect(context.targets[0]?.columns?.["telephone1"]).toMatch(/^\+49 30 \d{10}$/);
  }
});

test("a stamped request carries a body of the length it names", () => {
  const [head = "", body = ""] = createStamp(organization).nextRequest().toString("utf8").split("\r\n\r\n");
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(() => parseContext(body)).not.toThrow();
});
