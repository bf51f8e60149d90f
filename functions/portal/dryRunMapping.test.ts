import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { FieldMapping, MappingDraft } from "../contracts/mapping.ts";
import { body, entity } from "../dynamics/testing/body.ts";
import { sampleEvent } from "../sync-log/testing/sampleEvent.ts";
import type { EventWithPayload } from "../sync-log/readPayloads.ts";
import { dryRunMapping } from "./dryRunMapping.ts";

const id = "11111111-2222-3333-4444-555555555555";
const noBlobs = { get: () => Promise.resolve(null) };

function draftOf(...fields: FieldMapping[]): MappingDraft {
  return [{ kind: "member", table: "contact", idColumn: "contactid", fields, links: [] }];
}

const name: FieldMapping = { field: "name", column: "fullname", type: "text" };
const email: FieldMapping = { field: "email", column: "emailaddress1", type: "email" };
const language: FieldMapping = { field: "language", column: "new_language", type: "text", default: "da" };

const inForce = draftOf(name, email, language).map((mapping) => ({ ...mapping, version: 1 }));

function stored(
  message: string,
  columns: Record<string, unknown> | null,
  outcome: "success" | "error" | "skipped" = "success",
  more: Partial<EventWithPayload["event"]> = {},
): EventWithPayload {
  const input = columns === null ? {} : { Target: entity("contact", id, columns) };
  const json = JSON.stringify(body(message, input, { PrimaryEntityName: "contact", PrimaryEntityId: id }));
  const { eventId, eventType } = sampleEvent();
  const receivedAt = "2026-03-04T12:30:00.000Z";
  const event = {
    ...{ eventId, organizationId: "contoso", outcome, code: null, message: null, eventType },
    ...{
      table: "contact",
      recordId: id,
      receivedAt,
      processedAt: receivedAt,
      attempts: 1,
      nextAttemptAt: null,
    },
    ...more,
  };
  return { event, payload: { bytes: json.length, gzip: gzipSync(json) } };
}

describe("trying a mapping on stored events", () => {
  it("says for each field what becomes of it, in an event and over all", async () => {
    const events = [
      stored("Create", { fullname: "Ada", emailaddress1: "ada@example.com" }),
      stored("Update", { emailaddress1: "not an address" }),
    ];
    const run = await dryRunMapping(draftOf(name, email, language), inForce, events, noBlobs);
    expect(run.events.map(({ outcomeNow }) => outcomeNow)).toEqual(["success", "error"]);
    expect(run.events[0]?.fields.map(({ field, status, value }) => [field, status, value])).toEqual([
      ["name", "PRESENT", "Ada"],
      ["email", "PRESENT", "ada@example.com"],
      ["language", "DEFAULT_USED", "da"],
    ]);
    expect(run.events[1]?.fields.map(({ status }) => status)).toEqual(["MISSING", "INVALID", "MISSING"]);
    expect(run.events[1]?.message).toContain("is not an e-mail address");
    expect(run.events[1]?.fields[1]?.problem).toBe(run.events[1]?.message);
    expect(run.summary).toEqual([
      { table: "contact", field: "name", PRESENT: 1, MISSING: 1, DEFAULT_USED: 0, INVALID: 0 },
      { table: "contact", field: "email", PRESENT: 1, MISSING: 0, DEFAULT_USED: 0, INVALID: 1 },
      { table: "contact", field: "language", PRESENT: 0, MISSING: 1, DEFAULT_USED: 1, INVALID: 0 },
    ]);
  });

  it("shows that an event which failed would come right with the draft", async () => {
    const failed = stored("Update", { emailaddress1: "none" }, "error", { code: "mapping.valueInvalid" });
    const run = await dryRunMapping(draftOf({ ...email, type: "text" }), inForce, [failed], noBlobs);
    expect(run.events[0]).toMatchObject({ outcomeThen: "error", outcomeNow: "success", message: null });
  });

  it("tells events that the draft reads otherwise from those that it leaves as they are", async () => {
    const [draft] = draftOf(name, { ...email, type: "text" });
    const events = [
      stored("Update", { emailaddress1: "none" }, "error", { code: "mapping.valueInvalid" }),
      stored("Update", { emailaddress1: "ada@example.com" }),
      stored("Create", { fullname: "Ada" }),
      stored("Update", { fullname: "Ada" }, "skipped", { code: "record.unchanged" }),
      stored("Update", null),
    ];
    const run = await dryRunMapping([draft as MappingDraft[number]], inForce, events, noBlobs);
    // The new record loses its default: the draft has no field for the language.
    expect(run.events.map(({ changed }) => changed)).toEqual([true, false, true, false, false]);
    expect(run.events[0]?.codeThen).toBe("mapping.valueInvalid");
  });

  it("names a value that would be taken only because text is not checked, and how many events have one", async () => {
    const loose = { ...email, type: "text" as const };
    const events = ["none", "ada@example.com", "nobody"].map((value) =>
      stored("Update", { emailaddress1: value, fullname: "Ada" }),
    );
    const run = await dryRunMapping(draftOf(name, loose), inForce, events, noBlobs);
    expect(run.unchecked).toEqual([{ table: "contact", field: "email", value: "none", events: 2 }]);
    expect((await dryRunMapping(draftOf(name, email), inForce, events, noBlobs)).unchecked).toEqual([]);
  });

  it("says what it cannot know: whether the record has the values already", async () => {
    const same = stored("Update", { fullname: "Ada" }, "skipped", { code: "record.unchanged" });
    const run = await dryRunMapping(draftOf(name), inForce, [same], noBlobs);
    expect(run.events[0]).toMatchObject({ outcomeThen: "skipped", outcomeNow: "success" });
    expect(run.events[0]?.message).toContain("What came of it last time");
  });

  it("leaves alone what would have to be read from Dynamics, and what is no longer kept", async () => {
    const lost = { ...stored("Update", { fullname: "Ada" }, "error"), payload: null };
    const damaged = { ...lost, payload: { bytes: 3, gzip: Buffer.from("abc") } };
    const run = await dryRunMapping(draftOf(name), inForce, [stored("Update", null), lost, damaged], noBlobs);
    expect(run.events.map(({ tried, outcomeNow, fields }) => [tried, outcomeNow, fields.length])).toEqual([
      [false, "success", 0],
      [false, "error", 0],
      [false, "error", 0],
    ]);
    expect(run.events[0]?.message).toContain("read from Dynamics");
    expect(run.events[1]?.message).toContain("not kept");
  });

  it("masks what only the payload shows: values of columns that the mapping in force does not read", async () => {
    const salary: FieldMapping = { field: "salary", column: "new_salary", type: "text" };
    const code: FieldMapping = { field: "code", column: "new_code", type: "number" };
    const event = stored("Update", { new_salary: "90000", new_code: "secret", fullname: "Ada" });
    const run = await dryRunMapping(draftOf(salary, code, name), inForce, [event], noBlobs);
    expect(JSON.stringify(run)).not.toMatch(/90000|secret/);
    expect(run.events[0]?.fields.map(({ status, value }) => [status, value])).toEqual([
      ["PRESENT", "••••••"],
      ["INVALID", null],
      ["PRESENT", "Ada"],
    ]);
    expect(run.events[0]?.message).toBe(
      "Column new_code holds a value that does not fit the type of field code.",
    );
  });

  it("counts a table that the draft leaves out as skipped", async () => {
    const [draft] = draftOf(name);
    const other = [{ ...(draft as MappingDraft[number]), table: "account" }];
    const run = await dryRunMapping(other, inForce, [stored("Update", { fullname: "Ada" })], noBlobs);
    expect(run.events[0]).toMatchObject({ outcomeNow: "skipped", message: "Table contact is not mapped." });
    expect(run.summary).toMatchObject([{ table: "account", PRESENT: 0 }]);
  });
});
