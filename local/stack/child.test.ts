import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startChild } from "./child.ts";

const folder = mkdtempSync(join(tmpdir(), "portal-sync-child-"));
const logFile = join(folder, "logs/part.log");
const told: string[] = [];
const onExit = (sentence: string) => told.push(sentence);
const never = new AbortController().signal;

/** What connects here shows that it is gone by its connection: a number may be another process's by then. */
let server: Server;
let connect: string;
beforeAll(async () => {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  connect = `require("node:net").connect(${(server.address() as AddressInfo).port}, "127.0.0.1");`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(code: string, signal = never): ReturnType<typeof startChild> {
  return startChild("The part", ["-e", code], { logFile, signal, onExit });
}

async function connection(): Promise<{ gone: Promise<unknown> }> {
  const [socket] = (await once(server, "connection")) as [Socket];
  socket.resume().on("error", () => {});
  return { gone: once(socket, "close") };
}

it("tells what a process announces, and that it ended by itself", async () => {
  const { child, info } = await start(
    `process.send({ ready: { port: 7 } }); process.once("message", () => process.exit(3));`,
  );
  expect(info).toEqual({ port: 7 });
  child.process.send("end");
  await child.ended;
  expect(told.splice(0)).toEqual([`The part ended by itself (code 3): see ${logFile}.`]);
});

it("ends a process with what it started, and does not call that a failure", async () => {
  const grandchild = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(connect)}]);`;
  const connected = connection();
  const { child } = await start(
    `${grandchild} process.on("SIGINT", () => process.exit()); process.send({ ready: {} });`,
  );
  const { gone } = await connected;
  await child.stop();
  await gone;
  expect(told).toEqual([]);
});

it("says in one sentence what to do when a process does not come to serve", async () => {
  await expect(start(`throw new Error("the store is damaged")`)).rejects.toThrow(
    `The part could not start: read why in ${logFile}, or begin from an empty state with npm start -- --reset.`,
  );
  expect(readFileSync(logFile, "utf8")).toContain("the store is damaged");
  expect(told).toEqual([]);
});

it("ends a process that is not wanted any more before it serves", async () => {
  const unwanted = new AbortController();
  const connected = connection();
  const starting = start(connect, unwanted.signal);
  starting.catch(() => {});
  const { gone } = await connected;
  unwanted.abort(new Error("Asked to stop."));
  await expect(starting).rejects.toThrow("Asked to stop.");
  await gone;
  await expect(start(connect, unwanted.signal)).rejects.toThrow("Asked to stop.");
});

it("fails at once when the log may not be written", async () => {
  const starting = startChild("The part", ["-e", ""], { logFile: folder, signal: never, onExit });
  await expect(starting).rejects.toMatchObject({ code: "EISDIR" });
});
