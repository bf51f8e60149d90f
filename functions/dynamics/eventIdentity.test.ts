import { describe, expect, it } from "vitest";
import { parseContext } from "./context.ts";
import { eventIdentity } from "./eventIdentity.ts";
import { rowBody } from "./testing/body.ts";

const id = "11111111-aaaa-4aaa-8aaa-000000000001";

function identity(members: Record<string, unknown> = {}, columns: Record<string, unknown> = {}): string {
  const text = JSON.stringify(rowBody("Update", "contact", id, columns, members));
  return eventIdentity(parseContext(text), text);
}

describe("eventIdentity", () => {
  it("is 32 hexadecimal digits, the same for the same delivery", () => {
    expect(identity()).toMatch(/^[0-9a-f]{32}$/);
    expect(identity()).toBe(identity());
  });

  it.each([
    ["organization", { OrganizationId: "aaaaaaaa-0000-4000-8000-000000000001" }],
    ["operation", { OperationId: "aaaaaaaa-0000-4000-8000-000000000001" }],
    ["step", { OwningExtension: { Id: "aaaaaaaa-0000-4000-8000-000000000001" } }],
    ["message", { MessageName: "Create" }],
    ["row", { PrimaryEntityId: "aaaaaaaa-0000-4000-8000-000000000001" }],
  ])("differs by %s", (_name, members) => expect(identity(members)).not.toBe(identity()));

  it("does not depend on what an asynchronous step's body says beside them, nor on the case of ids", () => {
    expect(identity({ CorrelationId: "aaaaaaaa-0000-4000-8000-000000000001" }, { firstname: "Ada" })).toBe(
      identity(),
    );
    expect(identity({ PrimaryEntityId: id.toUpperCase() })).toBe(identity());
  });

  it("counts the body of a synchronous step, as one request may change a row twice", () => {
    const sync = { Mode: 0 };
    expect(identity(sync, { firstname: "Ada" })).toBe(identity(sync, { firstname: "Ada" }));
    expect(identity(sync, { firstname: "Ada" })).not.toBe(identity(sync, { firstname: "Eve" }));
  });

  it("counts the body of an operation without an id", () => {
    const none = { OperationId: null };
    expect(identity(none, { firstname: "Ada" })).not.toBe(identity(none, { firstname: "Eve" }));
  });
});
