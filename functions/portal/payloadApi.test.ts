import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import type { routes } from "../contracts/routes.ts";
import { rowBody } from "../dynamics/testing/body.ts";
import type { Caller } from "../identity/caller.ts";
import type { Call } from "../identity/route.ts";
import type { Table } from "../platform/storage/table.ts";
import { createRecorder } from "../sync-log/recorder.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import { sampleEvent, sampleEventId } from "../sync-log/testing/sampleEvent.ts";
import { getEventPayload } from "./payloadApi.ts";

const contactId = "3f1d4c52-8f6b-4b6e-9b0e-0d6a5a1b2c3d";
const sent = rowBody("Update", "contact", contactId, { lastname: "Sørensen" });
const admin: Caller = { id: "1", name: "Carla", signInName: null, roles: ["Organization.Admin"], groups: [] };
const eventId = sampleEventId(1);

let audited: unknown[][];
let auditAnswers: boolean;
let syncLog: Table;
beforeEach(() => {
  const model = createModelTable();
  audited = [];
  auditAnswers = true;
  syncLog = {
    submit: async (writes) => model.submit(writes),
    get: async (...key) => model.get(...key),
    range: async (range) => model.range(range),
  };
});

async function keep(body: string, blob?: string): Promise<void> {
  const gzip = gzipSync(body);
  const payload = blob === undefined ? { bytes: body.length, gzip } : { bytes: body.length, blob };
  await createRecorder({ table: syncLog, clock: () => 0 }).record([sampleEvent({ payload })]);
}

function ask(show: boolean, caller = admin) {
  const services = {
    syncLog,
    oversize: {
      get: async (blob: string) => (blob === "there" ? gzipSync(JSON.stringify(sent)) : null),
    } as never,
    audit: {
      record: async (...entry: unknown[]) => {
        if (!auditAnswers) throw new Error("The audit log is away.");
        audited.push(entry);
      },
      list: () => Promise.reject(new Error("not needed")),
    },
    authenticate: async () => caller,
    directory: {} as never,
  };
  const call = { caller, params: { id: "contoso", eventId }, query: { show } };
  return getEventPayload(services, call as unknown as Call<(typeof routes)["getEventPayload"]>);
}

describe("the payload of an event", () => {
  it("is shown as it was received, to the last digit and however deep", async () => {
    const received = `{"amount":1.0000000000,"deep":${"[".repeat(5_000)}9007199254740993${"]".repeat(5_000)}}`;
    await keep(`\uFEFF${received}`);
    expect((await ask(true)).json).toBe(received);
  });

  it("is masked unless it is asked for, and that needs no entry", async () => {
    await keep(JSON.stringify(sent));
    const { body } = await ask(false);
    expect(JSON.stringify(body)).toContain("lastname");
    expect(JSON.stringify(body)).not.toContain("Sørensen");
    expect(audited).toEqual([]);
  });

  it("is shown as it was sent, and the audit log says who saw it", async () => {
    await keep(`\uFEFF${JSON.stringify(sent)}`);
    expect((await ask(true)).body).toEqual(sent);
    expect(audited).toEqual([["contoso", admin, "payload.shown", eventId]]);
  });

  it("is not shown when that cannot be noted", async () => {
    await keep(JSON.stringify(sent));
    auditAnswers = false;
    await expect(ask(true)).rejects.toThrow("The audit log is away.");
  });

  it("is not shown to a role that may not see it", async () => {
    await keep(JSON.stringify(sent));
    const refusal = { status: 403, code: "role.missing" };
    await expect(ask(true, { ...admin, roles: [] })).rejects.toMatchObject(refusal);
  });

  it("is masked in the same way when it was put aside for its size", async () => {
    await keep(JSON.stringify(sent), "there");
    expect(JSON.stringify((await ask(false)).body)).not.toContain("Sørensen");
  });

  it.each([
    ["is no longer kept", JSON.stringify(sent), "gone", { status: 404, code: "payload.notFound" }],
    ["cannot be read", "{", undefined, { status: 422, code: "payload.unreadable" }],
  ])("says when it %s", async (_, body, blob, problem) => {
    await keep(body, blob);
    await expect(ask(false)).rejects.toMatchObject(problem);
  });

  it("says when there is no such event", async () => {
    await expect(ask(false)).rejects.toMatchObject({ status: 404, code: "event.notFound" });
  });
});
