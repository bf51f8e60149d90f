import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startTestDynamics } from "../testing/environment.ts";
import { parseArguments } from "./arguments.ts";
import { findOrganization, runningStack, signIn } from "./connect.ts";
import { runTraffic } from "./run.ts";

const { dynamics, contoso, receiver } = await startTestDynamics({ authorize: async () => false });

describe("traffic", () => {
  it("makes the asked number of changes, signed in, and reports what became of the webhooks", async () => {
    const lines: string[] = [];
    const result = await runTraffic({
      dynamicsUrl: dynamics.url,
      organization: await findOrganization(dynamics.url, "contoso"),
      token: await signIn(dynamics.url),
      rate: 1000,
      count: 150,
      seed: "test",
      print: (line) => void lines.push(line),
    });
    // On a slow machine a change may reach a row that another one has just removed.
    expect(result.changes + result.refused).toBe(150);
    expect(result.refused).toBeLessThan(8);
    expect(result).toMatchObject({ failed: 0 });
    expect(result.delivered).toBe(receiver.received.length);
    const tables = new Set(receiver.received.map(({ headers }) => headers["x-ms-dynamics-entity-name"]));
    expect(tables).toEqual(new Set(["contact", "msnfp_membership"]));
    expect(lines.join("")).toContain(`accepted ${result.delivered}, failed 0.`);
    expect(contoso.deliveryCounts().waiting).toBe(0);
  });
});

describe("the command line", () => {
  it("has defaults", () => {
    expect(parseArguments([])).toEqual({ organization: "contoso", rate: 5, count: 100, seed: "traffic" });
    expect(parseArguments(["--help"])).toBe("help");
  });

  it.each([
    [["--rate", "0"], '--rate must be a whole number from 1 to 1,000, not "0".'],
    [["--count", "many"], '--count must be a whole number from 1 to 10,000,000, not "many".'],
    [["--speed", "9"], "For all options: npm run dynamics -- --help"],
  ])("explains what is wrong with %j", (args, message) => {
    expect(() => parseArguments(args)).toThrow(message);
  });

  it("says that the stack is not running, and which organizations there are", async () => {
    const folder = mkdtempSync(join(tmpdir(), "portal-sync-"));
    expect(() => runningStack(folder)).toThrow("The stack is not running. Start it with: npm start");
    writeFileSync(join(folder, "stack.json"), JSON.stringify({ dynamicsUrl: `${dynamics.url}/` }));
    expect(runningStack(folder)).toBe(dynamics.url);
    await expect(findOrganization(dynamics.url, "acme")).rejects.toThrow("contoso, fabrikam, northwind");
    await expect(findOrganization("http://127.0.0.1:1", "contoso")).rejects.toThrow(
      "The stack is not running",
    );
  });
});
