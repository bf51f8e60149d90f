import { once } from "node:events";
import net from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { createBackoff } from "./backoff.ts";
import { guardTimeouts } from "./timeoutGuard.ts";
import { createWaitingRoom } from "./waitingRoom.ts";
import type { WaitingRoom } from "./waitingRoom.ts";

afterEach(() => void vi.useRealTimers());

async function listen(room: WaitingRoom): Promise<{ connect: () => net.Socket; close: () => void }> {
  const server = net.createServer({ pauseOnConnect: true }, room.add).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  return { connect: () => net.connect(port, "127.0.0.1"), close: () => server.close() };
}

test("a connection that waited too long is answered 503", async () => {
  const server = await listen(createWaitingRoom(10));
  const [data] = await once(server.connect().setEncoding("utf8"), "data");
  expect(data).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 5/s);
  server.close();
});

test("a connection waits for the app, and for the next process when one dies before it took it", async () => {
  const room = createWaitingRoom(30_000);
  const server = await listen(room);
  const client = server.connect();
  await once(client, "connect");
  const died = Promise.withResolvers<void>();
  room.open(async () => {
    room.open(undefined);
    died.resolve();
    return false;
  });
  await died.promise;
  const taken = Promise.withResolvers<number | undefined>();
  room.open(async (socket) => {
    taken.resolve(socket.remotePort);
    return true;
  });
  expect(await taken.promise).toBe(client.localPort);
  room.close();
  server.close();
  client.destroy();
});

test("the first restart after a stable run is immediate, a crash loop slows down", () => {
  const backoff = createBackoff();
  expect([0, 0, 0, 0].map((uptime) => backoff.next(uptime))).toEqual([0, 250, 500, 1000]);
  expect(backoff.next(60_000)).toBe(0);
  expect(backoff.next(0)).toBe(250);
});

test("an invocation over the limit is noticed once, with its name", () => {
  const onTimeout = vi.fn<(what: string) => void>();
  const guard = guardTimeouts(5000, onTimeout);
  guard.alive({ functionName: "quick", runningMs: 4999 });
  guard.alive({ functionName: "slow", runningMs: 5000 });
  guard.stop();
  expect(onTimeout.mock.calls).toEqual([["Timeout value of 5 s exceeded by function 'slow'."]]);
});

test("a process that says nothing for the limit and two reports has blocked its event loop", () => {
  vi.useFakeTimers();
  const onTimeout = vi.fn<(what: string) => void>();
  const guard = guardTimeouts(1000, onTimeout);
  for (let report = 0; report < 5; report += 1) {
    vi.advanceTimersByTime(1900);
    guard.alive(null);
  }
  expect(onTimeout).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(onTimeout).toHaveBeenCalledOnce();
});
