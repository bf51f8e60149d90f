import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotAContext, parseContext, parseHead } from "./context.ts";
import { eventIdentity } from "./eventIdentity.ts";
import { mutatedBodies } from "./testing/mutate.ts";

describe("parseContext on bodies nobody has seen", () => {
  it("yields a context that the rest can work with, or refuses, whatever is changed in a body", () => {
    fc.assert(
      fc.property(mutatedBodies, (body) => {
        // A body comes as text, which cannot hold all that a generator makes, such as -0.
        const raw: unknown = JSON.parse(JSON.stringify(body));
        try {
          const context = parseContext(raw);
          expect(context.eventType.length).toBeLessThan(300);
          for (const found of context.recordIds) expect(found).toMatch(/^[0-9a-f-]{36}$/);
          expect(eventIdentity(context, "")).toMatch(/^[0-9a-f]{32}$/);
          expect(parseContext(JSON.stringify(raw))).toEqual(context);
          expect(context).toMatchObject(parseHead(raw));
        } catch (error) {
          if (!(error instanceof NotAContext)) throw error;
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it("refuses any other JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        expect(() => parseContext(raw)).toThrow(NotAContext);
        expect(() => parseHead(raw)).toThrow(NotAContext);
      }),
      { numRuns: 2_000 },
    );
  });
});
