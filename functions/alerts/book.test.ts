import { beforeEach, expect, it } from "vitest";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { editBook, readBook, saveBook, withRule } from "./book.ts";
import type { Book } from "./book.ts";
import { acknowledged } from "./ruleState.ts";
import { memoryTable } from "./testing/memoryTable.ts";

let table: Table;
let edits: string[];
beforeEach(() => {
  ({ table } = memoryTable());
  edits = [];
});

/** Ada says that she looks after it; notes whether somebody does already. */
function acknowledge(book: Book): Book {
  const before = book.rules.silence?.acknowledged ?? null;
  edits.push(before === null ? "new" : "known");
  return before ? book : withRule(book, "silence", (state) => acknowledged(state, "Ada", 1));
}

/** Storage carries the first write out, or not, and its answer is lost. */
function losing(isCarriedOut: boolean): Table {
  let isLost = false;
  const submit: Table["submit"] = async (writes) => {
    if (isLost) return table.submit(writes);
    isLost = true;
    if (isCarriedOut) await table.submit(writes);
    throw new StorageFault("ambiguous", null, "The answer was lost.");
  };
  return { ...table, submit };
}

it("knows a change again that was carried out and whose answer was lost", async () => {
  const book = await editBook(losing(true), "contoso", acknowledge, async () => {});
  const { rules, etag } = await readBook(table, "contoso");
  expect(book).toMatchObject({ rules, etag });
  expect(rules.silence?.acknowledged).toEqual({ by: "Ada", at: 1 });
  expect(edits).toEqual(["new"]);
});

it("makes a change again that was not", async () => {
  await editBook(losing(false), "contoso", acknowledge, async () => {});
  expect((await readBook(table, "contoso")).rules.silence?.acknowledged).toEqual({ by: "Ada", at: 1 });
  expect(edits).toEqual(["new", "new"]);
});

it("knows it again when the timer wrote meanwhile", async () => {
  const timer = async () => {
    const claim = { id: "timer", until: 2, states: {} };
    await saveBook(table, { ...(await readBook(table, "contoso")), claim });
  };
  await editBook(losing(true), "contoso", acknowledge, timer);
  expect(edits).toEqual(["new"]);
  expect(await readBook(table, "contoso")).toMatchObject({
    claim: { id: "timer" },
    rules: { silence: { acknowledged: { by: "Ada" } } },
  });
});
