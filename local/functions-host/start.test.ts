import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startFunctionsHost } from "./startFunctionsHost.ts";
import { startTestHost } from "./testHost.ts";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "functions-app-"));
  symlinkSync(modules, path.join(directory, "node_modules"));
  write("host.json", '{"version":"2.0"}');
  write("package.json", '{"type":"module","main":"app.ts"}');
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(file: string, content: string): void {
  const full = path.join(directory, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, content);
}

const hello = (text: string) => `import { app } from "@azure/functions";
import { suffix } from "./suffix.ts";
app.http("hello", { handler: () => ({ body: "${text}" + suffix }) });`;

test("with watch, a start error waits for the change that repairs it, and later changes restart the app", async () => {
  write("app.ts", "const broken: = 1;");
  const output: string[] = [];
  const starting = startFunctionsHost({
    appDirectory: directory,
    port: 0,
    watch: true,
    onOutput: (text) => void output.push(text),
  });
  await vi.waitFor(() => expect(output.join("")).toContain("Waiting for a change of its files."), 20_000);
  write("suffix.ts", 'export const suffix: string = "!";');
  write("app.ts", hello("one"));
  const host = await starting;
  const answer = async () => (await fetch(`${host.url}/api/hello`)).text();
  expect(await answer()).toBe("one!");
  write("suffix.ts", 'export const suffix: string = "?";');
  await vi.waitFor(async () => expect(await answer()).toBe("one?"), 20_000);
  expect(output.join("")).toContain("suffix.ts changed. Restarting.");
  await host.close();
});

/** Makes the app wait, each time it is started, until there is a file `go`. */
const waiting = `import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
console.log("loading");
while (!existsSync("go")) await delay(5);
`;
const loads = (output: string[]) => output.join("").split("loading").length - 1;

test("with watch, a save while the app is being started restarts it", async () => {
  write("suffix.ts", 'export const suffix: string = "!";');
  write("app.ts", hello("one") + waiting);
  const output: string[] = [];
  const starting = startTestHost(directory, { watch: true, onOutput: (text) => void output.push(text) });
  await vi.waitFor(() => expect(loads(output)).toBe(1), 20_000);
  write("suffix.ts", 'export const suffix: string = "?";');
  write("go", "");
  const host = await starting;
  await vi.waitFor(async () => expect(await (await host.get("/api/hello")).text()).toBe("one?"), 20_000);
  expect(loads(output)).toBe(2);
  await host.close();
});

test("a process that is being started while the clock is shifted gets the shift as well", async () => {
  write(
    "app.ts",
    `import { app } from "@azure/functions";
app.http("hello", { handler: () => ({}) });
app.timer("tick", { schedule: "* * * * * *", handler: () => console.log("ticks in", new Date().getFullYear(), process.pid) });
${waiting}`,
  );
  write("go", "");
  const output: string[] = [];
  const host = await startTestHost(directory, {
    apart: ["tick"],
    onOutput: (text) => void output.push(text),
  });
  const pid = await vi.waitFor(() => Number(/ticks in \d+ (\d+)/.exec(output.join(""))![1]), 20_000);
  rmSync(path.join(directory, "go"));
  process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(loads(output)).toBe(4), 20_000);
  const body = JSON.stringify({ now: "2001-01-31T08:00:00Z" });
  expect((await host.get("/admin/local/clock", { method: "POST", body })).status).toBe(200);
  write("go", "");
  await vi.waitFor(() => expect(output.join("")).toContain("ticks in 2001"), 20_000);
  await host.close();
});

test.each([
  ["an app without functions", "export {};", "No job functions found"],
  ["an app that throws", 'throw new Error("no settings");', "Error: no settings"],
  ["an app that exits", "process.exit(3);", "ended with code 3 while it was starting"],
  [
    "a function it does not support",
    'import { app } from "@azure/functions"; app.storageBlob("b", { path: "x", connection: "", handler: () => {} });',
    "Function b: trigger type blobTrigger is not supported by the local host",
  ],
])("without watch, %s is a start error with the reason", async (_what, source, reason) => {
  write("app.ts", source);
  await expect(startTestHost(directory)).rejects.toThrow(reason);
});

test("a missing host.json or entry file is a start error that says what to do", async () => {
  await expect(startTestHost(directory)).rejects.toThrow('No file matches "main": "app.ts"');
  rmSync(path.join(directory, "host.json"));
  await expect(startTestHost(directory)).rejects.toThrow("A Functions app needs one");
});

test("a bundled CommonJS app runs as well, by the command line and with a stop by signal", async () => {
  write("package.json", '{"main":"dist/index.js"}');
  write(
    "dist/index.js",
    'const { app } = require("@azure/functions"); app.http("hello", { handler: () => ({ body: "bundled" }) });',
  );
  write("local.settings.json", '{"IsEncrypted":false,"Host":{"LocalHttpPort":0}}');
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = fork(main, ["--app", directory], { stdio: "pipe" });
  const [message] = (await once(child, "message")) as [{ ready: { url: string } }];
  expect(await (await fetch(`${message.ready.url}/api/hello`)).text()).toBe("bundled");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("a port that is taken is told with what to do", async () => {
  write("suffix.ts", 'export const suffix = "";');
  write("app.ts", hello("x"));
  const host = await startTestHost(directory);
  await expect(startTestHost(directory, { port: host.port })).rejects.toThrow(`Port ${host.port} is in use`);
  await host.close();
});
