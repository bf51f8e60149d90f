import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingNames } from "../platform/settings.ts";
import { outcomeCatalogue, outcomeCode } from "./outcomes.ts";
import { rejectionAdvice, rejectionReason } from "./rejections.ts";
import { routes } from "./routes.ts";
import type { Route } from "./routes.ts";

function read(document: string): string {
  return readFileSync(new URL(`../../docs/${document}`, import.meta.url), "utf8");
}

/** What the first columns of a document's tables name, in code marks. */
function named(document: string): Set<string> {
  return new Set([...read(document).matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name ?? ""));
}

/** The rows of the first table below a heading: what the cells say that follow the name. */
function rowsBelow(heading: string, document: string): Record<string, string[]> {
  const section = read(document)
    .split(/^#+ /m)
    .find((part) => part.startsWith(`${heading}\n`));
  const [, rows = ""] = /^\|.*\n\| -.*\n((?:\|.*\n)*)/m.exec(section ?? "") ?? [];
  const cellsOf = (row: string) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", ""));
  return Object.fromEntries(
    rows
      .trim()
      .split("\n")
      .map(cellsOf)
      .map(([name, ...cells]) => [name, cells]),
  );
}

describe("the page of events says what the portal says of", () => {
  const codes = (outcome: "error" | "skipped") =>
    outcomeCode.options
      .map((code) => ({ code, ...outcomeCatalogue[code] }))
      .filter((one) => one.outcome === outcome);

  it("every error", () => {
    const rows = codes("error").map(({ code, title, whatHappened, whatToDo, owner, retryable }) => [
      code,
      [`${title}. ${whatHappened}`, whatToDo, owner, retryable ? "yes" : "no"],
    ]);
    expect(rowsBelow("Every code: errors", "events.md")).toEqual(Object.fromEntries(rows));
  });

  it("every skipped event", () => {
    const rows = codes("skipped").map(({ code, title, whatHappened, whatToDo, owner }) => [
      code,
      [`${title}. ${whatHappened}`, whatToDo, owner],
    ]);
    expect(rowsBelow("Every code: skipped", "events.md")).toEqual(Object.fromEntries(rows));
  });

  it("every refused request", () => {
    const rows = rejectionReason.options.map((reason) => {
      const { title, whatHappened, whatToDo, owner } = rejectionAdvice[reason];
      const status = expect.stringMatching(/^4\d\d$/) as string;
      return [reason, [status, `${title}. ${whatHappened}`, whatToDo, owner]];
    });
    expect(rowsBelow("Refused requests", "events.md")).toEqual(Object.fromEntries(rows));
  });
});

describe("the documentation has a line for", () => {
  const operations = named("operations.md");
  const api = named("api.md");

  it.each(settingNames)("the setting %s", (name) => expect(operations).toContain(name));

  it.each(Object.values<Route>(routes).map(({ method, path }) => `${method} /api/${path}`))("%s", (route) =>
    expect(api).toContain(route),
  );
});
