import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingNames } from "../platform/settings.ts";
import { outcomeCode } from "./outcomes.ts";
import { rejectionReason } from "./rejections.ts";
import { routes } from "./routes.ts";
import type { Route } from "./routes.ts";

/** What the first columns of a document's tables name, in code marks. */
function named(document: string): Set<string> {
  const text = readFileSync(new URL(`../../docs/${document}`, import.meta.url), "utf8");
  return new Set([...text.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name ?? ""));
}

describe("the documentation has a line for", () => {
  const events = named("events.md");
  const operations = named("operations.md");
  const api = named("api.md");

  it.each(outcomeCode.options)("the code %s", (code) => expect(events).toContain(code));

  it.each(rejectionReason.options)("the rejection %s", (reason) => expect(events).toContain(reason));

  it.each(settingNames)("the setting %s", (name) => expect(operations).toContain(name));

  it.each(Object.values<Route>(routes).map(({ method, path }) => `${method} /api/${path}`))("%s", (route) =>
    expect(api).toContain(route),
  );
});
