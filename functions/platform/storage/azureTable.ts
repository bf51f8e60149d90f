import type { TableClient, TransactionAction } from "@azure/data-tables";
import { quote } from "../odata.ts";
import { request } from "./request.ts";
import { StorageFault } from "./table.ts";
import type { Range, StoredRow, Table, Write } from "./table.ts";

/** Storage answers in milliseconds, and gives up by itself after 30 s: who waits longer than this waits in vain. */
const defaultTimeoutMs = 10_000;

/**
 * The {@link Table} of a real table client. It never retries: what a repeated write means is known only to the
 * caller. A request without an answer within `timeoutMs` ends as `ambiguous`.
 */
export function azureTable(client: TableClient, { timeoutMs = defaultTimeoutMs } = {}): Table {
  return {
    async submit(writes) {
      const actions = writes.map(toAction);
      const answer = await request(timeoutMs, (abortSignal) =>
        client.submitTransaction(actions, { abortSignal }),
      );
      return answer.subResponses.map((part) => part.etag ?? "");
    },
    async get(partitionKey, rowKey, select) {
      try {
        const row = await request(timeoutMs, (abortSignal) => {
          const queryOptions = toSelect(select);
          return client.getEntity(partitionKey, rowKey, { queryOptions, abortSignal });
        });
        return row as unknown as StoredRow;
      } catch (error) {
        if (error instanceof StorageFault && error.kind === "conflict") return null;
        throw error;
      }
    },
    async range(range) {
      const page = await request(timeoutMs, (abortSignal) => {
        const queryOptions = { filter: toFilter(range), ...toSelect(range.select) };
        const { limit: maxPageSize = 1000, continuation } = range;
        const start = continuation ? { continuationToken: continuation } : {};
        return client
          .listEntities({ queryOptions, abortSignal })
          .byPage({ maxPageSize, ...start })
          .next();
      });
      if (page.done) return { rows: [], continuation: null };
      const { continuationToken } = page.value as { continuationToken?: string };
      return { rows: [...page.value] as unknown as StoredRow[], continuation: continuationToken ?? null };
    },
  };
}

/**
 * Whether a text has the form of a {@link Range.continuation}. The client takes any other for a request that never came
 * to an end.
 */
export function isContinuation(text: string): boolean {
  try {
    const token = JSON.parse(Buffer.from(text, "base64").toString()) as Record<string, unknown>;
    const { nextPartitionKey, nextRowKey = "" } = token;
    return typeof nextPartitionKey === "string" && typeof nextRowKey === "string";
  } catch {
    return false;
  }
}

function toAction(write: Write): TransactionAction {
  // The SDK's types know neither null nor bigint as properties; its serialization knows both.
  const row = write.row as { partitionKey: string; rowKey: string };
  switch (write.kind) {
    case "create":
      return ["create", row];
    case "upsert":
      return ["upsert", row, "Replace"];
    case "upsertMerge":
      return ["upsert", row, "Merge"];
    case "delete":
      return ["delete", row];
    case "merge":
      return ["update", row, "Merge", { etag: write.etag }];
    case "replace":
      return ["update", row, "Replace", { etag: write.etag }];
  }
}

/** A row is of no use without its keys, which Table Storage leaves out unless they are named. */
function toSelect(select: readonly string[] | undefined): { select?: string[] } {
  return select ? { select: ["PartitionKey", "RowKey", ...select] } : {};
}

function toFilter(range: Range): string {
  const parts = [`PartitionKey eq ${quote(range.partitionKey)}`];
  if (range.from !== undefined) parts.push(`RowKey ge ${quote(range.from)}`);
  if (range.to !== undefined) parts.push(`RowKey lt ${quote(range.to)}`);
  if (range.filter) parts.push(`(${range.filter})`);
  return parts.join(" and ");
}
