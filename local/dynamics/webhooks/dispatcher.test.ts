import { expect, it } from "vitest";
import { createDispatcher } from "./dispatcher.ts";
import type { WebhookJob } from "./job.ts";

const job = (id: number): WebhookJob => ({
  id: String(id),
  endpointId: "",
  table: "contact",
  message: "Update",
  recordId: "",
  recordName: "",
  requestId: "",
  correlationId: "",
  createdOn: "",
  autoDelete: true,
  body: "",
  sizeExceeded: false,
});

it("sends at most 64 jobs at a time and is idle when all have ended", async () => {
  const running: (() => void)[] = [];
  const ended: WebhookJob[] = [];
  const dispatcher = createDispatcher(async (sent) => {
    await new Promise<void>((resolve) => running.push(resolve));
    ended.push(sent);
  });
  for (let id = 0; id < 200; id++) dispatcher.add(job(id));
  expect(running).toHaveLength(64);

  const idle = dispatcher.idle();
  while (ended.length < 200) {
    running.splice(0).forEach((finish) => finish());
    await Promise.resolve();
    expect(running.length).toBeLessThanOrEqual(64);
  }
  await idle;
  expect(ended).toHaveLength(200);
});

it("starts nothing more once it is closed", async () => {
  let started = 0;
  const dispatcher = createDispatcher(async () => {
    started += 1;
  });
  await dispatcher.close();
  dispatcher.add(job(1));
  await dispatcher.idle();
  expect(started).toBe(0);
});
