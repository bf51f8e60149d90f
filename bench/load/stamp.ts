import { randomUUID } from "node:crypto";
import { stableGuid } from "../../local/dynamics/data/guid.ts";
import { remoteExecutionContext } from "../../local/dynamics/context/remoteExecutionContext.ts";
import type { SampleOrganization } from "../../local/stack/sampleOrganizations.ts";
import { toRequest } from "./webhook.ts";

/** A source of webhooks of one organization; each is another event. */
export interface Stamp {
  /** The bytes of the next HTTP request. */
  nextRequest: () => Buffer;
  /** The next body alone. */
  nextBody: () => Buffer;
}

/** Members whose changes a stamp sends. */
const members = 5_000;

const placeholders = {
  member: "00000000-0000-4000-8000-000000000001",
  operation: "00000000-0000-4000-8000-000000000002",
  request: "00000000-0000-4000-8000-000000000003",
  correlation: "00000000-0000-4000-8000-000000000004",
  phone: "+49 30 0000000000",
};
/** Like all placeholders as long as what replaces it. */
const firstSecond = 1_757_000_000;

/**
 * Builds one contact.Update with the simulated Dynamics, and then only writes other ids, another phone number and a
 * later second over its bytes: a few microseconds an event, so that making the load does not disturb the measurement.
 */
export function createStamp(organization: SampleOrganization): Stamp {
  const body = Buffer.from(JSON.stringify(templateOf(organization.dynamicsOrganizationId)));
  const request = toRequest(organization, body.toString("utf8"));
  const memberIds = Array.from({ length: members }, (_, index) =>
    stableGuid("bench", organization.id, String(index)),
  );
  let count = 0;

  function stamper(template: Buffer): () => Buffer {
    const places = [...Object.values(placeholders), String(firstSecond)].map((text) =>
      placesOf(template, text),
    );
    return () => {
      count += 1;
      const bytes = Buffer.from(template);
      const texts = [
        memberIds[(count * 7919) % members] ?? "",
        randomUUID(),
        randomUUID(),
        randomUUID(),
        `+49 30 ${String(count).padStart(10, "0")}`,
        String(firstSecond + count),
      ];
      for (const [index, text] of texts.entries())
        for (const at of places[index] ?? []) bytes.write(text, at, "latin1");
      return bytes;
    };
  }

  return { nextRequest: stamper(request), nextBody: stamper(body) };
}

function templateOf(organizationId: string) {
  const {
    member: id,
    operation: operationId,
    request: requestId,
    correlation: correlationId,
    phone,
  } = placeholders;
  return remoteExecutionContext({
    organizationId,
    id,
    operationId,
    requestId,
    correlationId,
    table: "contact",
    message: "Update",
    attributes: { telephone1: phone, jobtitle: "Member of the board", address1_city: "København" },
    modifiedOn: new Date(firstSecond * 1000),
    primaryName: { column: "fullname", value: "Łucja Sørensen" },
    preImages: [
      {
        alias: "before",
        attributes: { telephone1: "+49 30 1", jobtitle: "Member", address1_city: "Berlin" },
      },
    ],
    stepId: stableGuid("bench", "step"),
    applicationName: "Sales Hub",
  });
}

function placesOf(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + 1)) places.push(at);
  if (places.length === 0) throw new Error(`The template does not contain ${text}.`);
  return places;
}
