import { describe, expect, it } from "vitest";
import type { EventPage, EventSummary } from "../contracts/portal.ts";
import { fileOf } from "./exportApi.ts";
import { cell, fileFormats } from "./exportFile.ts";

function event(number: number, own: Partial<EventSummary> = {}): EventSummary {
  return {
    eventId: number.toString(16).padStart(32, "0"),
    organizationId: "contoso",
    outcome: "error",
    code: "mapping.valueInvalid",
    message: 'Column emailaddress1 holds "none", which is not an e-mail address.',
    eventType: "contact.Update",
    table: "contact",
    recordId: null,
    receivedAt: "2026-03-04T12:00:00.000Z",
    processedAt: "2026-03-04T12:00:00.250Z",
    attempts: 2,
    nextAttemptAt: null,
    ...own,
  };
}

async function text(pages: EventSummary[][], format: "csv" | "json", ceiling?: number): Promise<string> {
  const page = (index: number): EventPage => ({
    items: pages[index] ?? [],
    nextCursor: index + 1 < pages.length ? String(index + 1) : null,
  });
  let file = "";
  const read = async (cursor: string) => page(Number(cursor));
  for await (const part of fileOf(page(0), read, fileFormats[format], ceiling)) file += part;
  return file;
}

describe("a cell", () => {
  it.each([
    ["plain text", "Sørensen", "Sørensen"],
    ["nothing", null, ""],
    ["a number", 3, "3"],
    ["a comma", "a,b", '"a,b"'],
    ["a quotation mark", 'the "old" one', '"the ""old"" one"'],
    ["a line break", "a\r\nb", '"a\r\nb"'],
    ["a formula", "=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["a formula with a comma", "=SUM(1,2)", `"'=SUM(1,2)"`],
    ["a plus", "+49 30", "'+49 30"],
    ["a minus", "-2", "'-2"],
    ["an at sign", "@SUM(A1)", "'@SUM(A1)"],
    ["a tab", "\t=1", "'\t=1"],
  ])("holds %s", (_, value, written) => {
    expect(cell(value)).toBe(written);
  });
});

describe("a CSV file", () => {
  it("begins with a byte order mark and plain names, and has one line for each event", async () => {
    const file = await text([[event(1)], [event(2, { message: "=1" })]], "csv");
    const lines = file.split("\r\n");
    expect(file.startsWith("\uFEFFReceived (UTC),Processed (UTC),Outcome,Event type,")).toBe(true);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('"Column emailaddress1 holds ""none"", which');
    expect(lines[2]).toContain(",'=1,");
    expect(lines[3]).toBe("");
  });

  it("has its names when there is no event", async () => {
    expect((await text([[]], "csv")).split("\r\n")).toHaveLength(2);
  });

  it("says in its last line that it ends at its ceiling, and where to go on", async () => {
    const file = await text([[event(1), event(2)], [event(3)]], "csv", 2);
    const lines = file.trimEnd().split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[3]).toContain("This export ends here because a file holds at most 2 events.");
    expect(lines[3]).toContain("2026-03-04T12:00:00.001Z");
    expect(file).not.toContain(event(3).eventId);
  });

  it("says nothing when it holds exactly as many as it can", async () => {
    expect(await text([[event(1), event(2)], []], "csv", 2)).not.toContain("ends here");
  });
});

describe("a JSON file", () => {
  it.each([[[[]]], [[[event(1)]]], [[[event(1), event(2)], [], [event(3)]]]])(
    "is one array",
    async (pages) => {
      expect(JSON.parse(await text(pages, "json"))).toEqual(pages.flat());
    },
  );

  it("says in its last entry that it ends at its ceiling", async () => {
    const file = JSON.parse(await text([[event(1), event(2)]], "json", 1)) as unknown[];
    expect(file).toEqual([event(1), { exportEndsHere: expect.stringContaining("at most 1 events") }]);
  });
});
