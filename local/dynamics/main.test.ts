import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sampleEnvironments } from "./sample.ts";
import { callApi } from "./testing/environment.ts";
import { startReceiver } from "./testing/receiver.ts";

const folder = mkdtempSync(join(tmpdir(), "dynamics-"));
const receiver = await startReceiver();
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await receiver.close();
});

/** Starts the process as the start script does and waits until it serves. */
async function startProcess(webhook: string): Promise<{ child: ChildProcess; url: string }> {
  const config = join(folder, "config.json");
  const [contoso] = sampleEnvironments;
  writeFileSync(
    config,
    JSON.stringify({ environments: [{ ...contoso, webhook: { url: webhook, key: "k" } }] }),
  );
  const args = ["--port", "0", "--store", join(folder, "dynamics.sqlite"), "--config", config];
  const child = fork(new URL("main.ts", import.meta.url), args, { execArgv: [] });
  children.push(child);
  const [message] = await once(child, "message");
  return { child, url: message.ready.url };
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, "exit");
  child.kill(signal);
  const [code] = await exited;
  return code;
}

describe("the process", () => {
  it("keeps rows and unfinished deliveries when it is killed, and stops cleanly when asked", async () => {
    const stuck = await startReceiver();
    const first = await startProcess(`${stuck.url}/never-answers`);
    stuck.hold();
    const arrived = stuck.nextRequest();
    const contacts = "contoso/api/data/v9.2/contacts";
    const created = await callApi(`${first.url}/${contacts}`, {
      method: "POST",
      body: { lastname: "Survivor" },
    });
    await arrived;
    await endProcess(first.child, "SIGKILL");
    await stuck.close();

    const second = await startProcess(receiver.url);
    const id = /\((.+)\)$/.exec(created.headers.get("odata-entityid") ?? "")?.[1];
    const { body } = await callApi(`${second.url}/${contacts}(${id})`);
    expect(body.fullname).toBe("Survivor");
    await callApi(`${second.url}/_control/idle`);
    expect(receiver.received.map((request) => request.body.PrimaryEntityId)).toEqual([id]);
    expect(await endProcess(second.child, "SIGTERM")).toBe(0);
  });

  it("obeys the control routes", async () => {
    const { child, url } = await startProcess(receiver.url);
    const control = (path: string, body: object) =>
      callApi(`${url}/_control/${path}`, { method: "POST", body });
    expect((await control("clock", { now: "2026-02-03T04:05:06Z" })).status).toBe(204);
    const answer = await callApi(`${url}/contoso/api/data/v9.2/contacts`, {
      method: "POST",
      headers: { prefer: "return=representation" },
      body: { lastname: "Clocked" },
    });
    expect(answer.body.modifiedon).toBe("2026-02-03T04:05:06Z");
    expect((await control("clock", { now: "yesterday" })).status).toBe(400);
    expect((await control("webhook", { environment: "acme", webhook: null })).status).toBe(404);
    expect((await control("webhook", { environment: "contoso", webhook: null })).status).toBe(204);
    const endpoints = await callApi(`${url}/contoso/api/data/v9.2/serviceendpoints`);
    expect(endpoints.body.value).toEqual([]);
    await endProcess(child, "SIGTERM");
  });
});
