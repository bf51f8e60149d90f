import { HttpRequest } from "@azure/functions";
import type { ServiceBusMessage } from "@azure/service-bus";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { hashKey } from "../organizations/webhookKey.ts";
import { StorageFault } from "../platform/storage/table.ts";
import { receive } from "./receive.ts";
import type { ReceiveServices } from "./receive.ts";

const contoso = {
  id: "contoso",
  dynamicsOrganizationId: "0f6d2c1a-5b3e-4d84-9a71-2c8e5f1b7a01",
  keys: [{ keyId: "k", name: "Main", sha256: hashKey("right"), createdAt: 0, expiresAt: null }],
} as unknown as StoredOrganization;

const send = vi.fn<(message: ServiceBusMessage) => Promise<void>>();
const note = vi.fn<(organizationId: string, keyId: string) => void>();
const put = vi.fn<() => Promise<void>>();
const reject = vi.fn<(rejection: { reason: string; bytes: number }) => Promise<void>>();
const services = {
  clock: Date.now,
  directory: { find: async () => contoso, findFresh: async () => contoso },
  keyUse: { note },
  rejections: { reject },
  oversize: { put },
  chooseLane: () => "portal-events",
  send: () => send,
  pressure: { track: <T>(answer: Promise<T>) => answer },
  maxWebhookBytes: 1_048_576,
} as unknown as ReceiveServices;
const log = {
  invocationId: "call-1",
  ...{ info: vi.fn<() => void>(), warn: vi.fn<() => void>(), error: vi.fn<() => void>() },
};

const context = (more: object = {}) =>
  JSON.stringify({
    OrganizationId: contoso.dynamicsOrganizationId,
    MessageName: "Update",
    PrimaryEntityName: "contact",
    PrimaryEntityId: "11111111-1111-4111-8111-111111111111",
    InputParameters: [],
    ...more,
  });

/** What is answered to a webhook with the right key unless told otherwise, without a `content-length`. */
async function answerTo(body: string, key = "right") {
  const request = new HttpRequest({
    method: "POST",
    url: "http://localhost/api/webhooks/dynamics/contoso",
    headers: { "content-type": "application/json", "x-webhook-key": key },
    body: { string: body },
  });
  const { status, headers, body: problem } = await receive(services, request, log);
  const code = typeof problem === "string" ? (JSON.parse(problem) as { code: string }).code : null;
  return { status, headers, code };
}

beforeEach(() => {
  for (const mock of [send, put, reject]) mock.mockResolvedValue();
});
afterEach(() => void vi.resetAllMocks());

it("a webhook is accepted once the queue has it, and the use of its key is noted", async () => {
  expect(await answerTo(context())).toMatchObject({ status: 202 });
  expect(send).toHaveBeenCalledOnce();
  expect(note).toHaveBeenCalledWith("contoso", "k");
});

describe("what cannot be queued is answered 503, so that Dynamics tries it again", () => {
  const later = { status: 503, headers: { "retry-after": "5" } };

  it("when the broker is away", async () => {
    send.mockRejectedValue(new Error("broker away"));
    expect(await answerTo(context())).toMatchObject({ ...later, code: "platform.unavailable" });
    expect(reject).not.toHaveBeenCalled();
    expect(note).not.toHaveBeenCalled();
  });

  it("when a body that needs a blob finds no storage", async () => {
    put.mockRejectedValue(new StorageFault("ambiguous", null, "away"));
    const noise = Array.from({ length: 40_000 }, () => Math.random().toString(36)).join("");
    expect(await answerTo(context({ SharedVariables: [{ key: "noise", value: noise }] }))).toMatchObject(
      later,
    );
    expect(send).not.toHaveBeenCalled();
  });
});

it("a refusal is answered although it cannot be counted at once", async () => {
  reject.mockReturnValue(new Promise(() => {}));
  expect(await answerTo(context(), "wrong")).toMatchObject({ status: 401 });
});

it("a body that is too large is counted with its size, also when it announced none", async () => {
  const body = " ".repeat(3_000_000);
  expect(await answerTo(body)).toMatchObject({ status: 413, code: "webhook.tooLarge" });
  expect(reject).toHaveBeenCalledWith(
    expect.objectContaining({ reason: "tooLarge", bytes: body.length, contentType: "application/json" }),
  );
});
