import { once } from "node:events";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { faultSentence, fixedPorts, requireFreePorts } from "./fixedPorts.ts";
import { freePort, isFree } from "./ports.ts";

/** Not every machine has IPv6. */
const addresses = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .map(({ address }) => address)
  .filter((address) => address === "127.0.0.1" || address === "::1");

describe("the two fixed ports", () => {
  it("are the usual ones unless the environment says otherwise", () => {
    expect(fixedPorts({})).toEqual({ PORTAL_PORT: 5173, FUNCTIONS_PORT: 7071 });
    expect(fixedPorts({ PORTAL_PORT: "5273" })).toEqual({ PORTAL_PORT: 5273, FUNCTIONS_PORT: 7071 });
  });

  it.each(["", "0", "65536", "80.5", "http"])("are not %j", (value) => {
    expect(() => fixedPorts({ FUNCTIONS_PORT: value })).toThrow(
      `FUNCTIONS_PORT=${value} is not a port: use a number from 1 to 65535.`,
    );
  });

  it("are two", () => {
    expect(() => fixedPorts({ PORTAL_PORT: "7071" })).toThrow(
      "PORTAL_PORT and FUNCTIONS_PORT are both 7071: choose two different ports",
    );
  });

  it.each(addresses)(
    "are in use when something listens on %s, and another is named that is free",
    async (address) => {
      const server = createServer();
      const port = await freePort();
      server.listen(port, address);
      await once(server, "listening");
      // The next port is spoken for as well: by the other of the two.
      const error: unknown = await requireFreePorts({ PORTAL_PORT: port, FUNCTIONS_PORT: port + 1 }).catch(
        (e) => e,
      );
      const [, advised] =
        /^Port \d+ is in use: .* PORTAL_PORT=(\d+) npm start\.$/.exec((error as Error).message) ?? [];
      expect(Number(advised)).not.toBe(port + 1);
      expect(await isFree(Number(advised))).toBe(true);
      server.close();
    },
  );

  it("are told apart from those that ordinary users may not open", () => {
    expect(faultSentence("EACCES", "PORTAL_PORT", 80, 5173)).toBe(
      "Port 80 is not for ordinary users: choose another one with PORTAL_PORT=5173 npm start.",
    );
  });
});
