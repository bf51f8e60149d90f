import * as fc from "fast-check";
import { expect, it } from "vitest";
import { NotAContext, parseContext } from "../dynamics/context.ts";
import { mutatedBodies } from "../dynamics/testing/mutate.ts";
import { defaultMappings } from "./defaultMappings.ts";
import { interpret } from "./interpret.ts";
import type { Interpretation } from "./interpretation.ts";
import { mergeChange } from "./mergeChange.ts";
import { packFields } from "./recordRow.ts";

const event = { eventId: "e".repeat(32), receivedAt: 1000 };

/** What a body means; null when it is no context. */
function read(raw: unknown): Interpretation | null {
  try {
    return interpret(parseContext(raw), defaultMappings, event);
  } catch (error) {
    if (error instanceof NotAContext) return null;
    throw error;
  }
}

it("comes to a conclusion on any body that is a context, and only to changes that can be stored", () => {
  const concluded = fc.property(mutatedBodies, (raw) => {
    const interpretation = read(raw);
    for (const change of interpretation?.result === "changes" ? interpretation.changes : []) {
      expect(change.externalId).toMatch(/^[0-9a-f-]{36}$/);
      expect(Number.isFinite(change.time)).toBe(true);
      const { record } = mergeChange(null, change, "internal");
      expect(JSON.parse(packFields(record.fields))).toBeTypeOf("object");
    }
  });
  expect(fc.check(concluded, { numRuns: 5000 })).toMatchObject({ failed: false });
});
