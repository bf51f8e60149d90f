import { gzipSync } from "node:zlib";
import { InvocationContext } from "@azure/functions";
import { beforeEach, describe, expect, it } from "vitest";
import type { MappingSet } from "../contracts/mapping.ts";
import { DataverseFault } from "../dynamics/dataverseFault.ts";
import { createDataverse } from "../dynamics/webApi.ts";
import { rowBody } from "../dynamics/testing/body.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { defaultMappings } from "../records/defaultMappings.ts";
import type { RecordStore } from "../records/recordStore.ts";
import type { RecordedEvent } from "../sync-log/recordedEvent.ts";
import type { EventMessage } from "./eventMessage.ts";
import { recordDeadLetters } from "./recordDeadLetters.ts";
import type { DeadLetterServices } from "./recordDeadLetters.ts";
import type { ReadRow } from "./rowReader.ts";
import { understand, understandRow } from "./understand.ts";
import type { Understood } from "./understood.ts";
import { writeRecords } from "./writeRecords.ts";

/** What an exception of a library says: for the platform's log, not for an administrator. */
const raw = "TypeError: Cannot read properties of undefined (reading 'secret')";
const contactId = "3f1d4c52-8f6b-4b6e-9b0e-0d6a5a1b2c3d";
const envelope = {
  ...{ organizationId: "contoso", eventId: "e".repeat(32), receivedAt: 0, attempt: 1, firstTry: 1 },
  bytes: 10,
};
const sound = JSON.stringify(rowBody("Update", "contact", contactId, { lastname: "Vega" }));
const stripped = JSON.stringify({ ...rowBody("Update", "contact", contactId, {}), InputParameters: [] });
const organization = {
  id: "contoso",
  environmentUrl: "https://contoso.crm4.dynamics.com",
} as StoredOrganization;

let logged: string;
const log = new InvocationContext({
  invocationId: "call-1",
  logHandler: (_, ...values) => {
    logged += values.join(" ");
  },
});
beforeEach(() => {
  logged = "";
});

const message = (body: string): EventMessage => ({
  ...envelope,
  ...{ kind: "delivery", eventType: "contact.Update", table: "contact", recordId: contactId, blob: null },
  content: gzipSync(body),
});
const read = (body: string, mappings: MappingSet = defaultMappings): Promise<Understood> =>
  understand(message(body), { oversize: {} as never, mappings, now: 1, paused: false }, log);

/** The sentence that an event is decided with. */
function sentence({ next }: Understood): string {
  return "decision" in next ? next.decision.message : "";
}

async function afterReading(readRow: ReadRow): Promise<Understood> {
  return understandRow(await read(stripped), organization, { readRow, mappings: defaultMappings }, log);
}

/** A whole sentence without a word of a library. */
const forAdministrators = /^(?!.*(Error|undefined|secret|exception|0x[0-9a-f]))[A-Z][^{}<>]*\.$/i;

describe("the sentence of an event says nothing that a library said, and the log has it", () => {
  it("when the content is no JSON", async () => {
    expect(sentence(await read("{"))).toMatch(forAdministrators);
    expect(logged).toContain("NotAContext");
  });

  it("when the mapping cannot be carried out", async () => {
    const broken = new Proxy([], {
      get() {
        throw new TypeError(raw);
      },
    });
    expect(sentence(await read(sound, broken))).toMatch(forAdministrators);
    expect(logged).toContain(raw);
  });

  it("when reading the row fails in a way that nobody foresaw", async () => {
    const failed = await afterReading(() => Promise.reject(new TypeError(raw)));
    expect(sentence(failed)).toMatch(forAdministrators);
    expect(logged).toContain(raw);
  });

  it.each([400, 401, 403, 404, 409, 429, 500, 503])(
    "when Dynamics answers with status %i",
    async (status) => {
      const error = { code: "0x80040220", message: raw };
      const client = createDataverse({
        token: async () => "token",
        clock: () => 0,
        fetch: async () => Response.json({ error }, { status }),
      });
      const environment = { environmentUrl: organization.environmentUrl ?? "", tenantId: null };
      const { next, steps } = await afterReading((_, row) =>
        client.retrieve(environment, row.table, row.id, row.columns),
      );
      expect("decision" in next ? next.decision.message : "").toMatch(forAdministrators);
      // Whoever knows Dynamics finds its own words at the step that failed.
      expect(steps.at(-1)?.detail).toContain(`Its own words: “${raw}”`);
    },
  );

  it("when the network fails", async () => {
    const client = createDataverse({
      token: async () => "token",
      clock: () => 0,
      fetch: () => Promise.reject(new TypeError(raw)),
    });
    const environment = { environmentUrl: organization.environmentUrl ?? "", tenantId: null };
    const failed = await afterReading((_, row) => client.retrieve(environment, row.table, row.id, []));
    expect(sentence(failed)).toMatch(forAdministrators);
    expect(JSON.stringify(failed.steps)).not.toContain("secret");
  });

  it("when the sign-in is refused", async () => {
    const refused = new DataverseFault("refused", "The sign-in service refused.", null, new Error(raw), raw);
    expect(sentence(await afterReading(() => Promise.reject(refused)))).toMatch(forAdministrators);
  });

  it("when the record cannot be written", async () => {
    const records = { apply: () => Promise.reject(new TypeError(raw)) } as unknown as RecordStore;
    const [result] = await writeRecords("contoso", [await read(sound)], records, log);
    expect(result?.code).toBe("platform.unexpected");
    expect(result?.message ?? "").toMatch(forAdministrators);
    expect(logged).toContain(raw);
  });

  it.each(["MaxDeliveryCountExceeded", "TTLExpiredException", raw, undefined])(
    "when the queue gives it up: %s",
    async (deadLetterReason) => {
      const recorded: RecordedEvent[] = [];
      const services = {
        clock: () => 1,
        random: () => 0,
        retryBaseMs: 1,
        send: () => async () => {},
        recorder: { record: async (events: RecordedEvent[]) => void recorded.push(...events) },
        projection: { touch: () => {} },
      } as unknown as DeadLetterServices;
      const { content, ...properties } = message(sound);
      const context = new InvocationContext({
        invocationId: "call-1",
        triggerMetadata: { applicationPropertiesArray: [{ ...properties, deadLetterReason }] },
        logHandler: (_, ...values) => {
          logged += values.join(" ");
        },
      });
      await recordDeadLetters(services, [content], context);
      expect(recorded[0]?.message ?? "").toMatch(forAdministrators);
      expect(logged).toContain(deadLetterReason === raw ? raw : "");
    },
  );
});
