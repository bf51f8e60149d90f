import type { TableClient, TransactionAction } from "@azure/data-tables";
import { toStorageFault } from "./classify.ts";
import type { Range, Row, StoredRow, Table, Write } from "./table.ts";

/** The {@link Table} of a real table client. It never retries: what a repeated write means is known only to the caller. */
export function azureTable(client: TableClient): Table {
  return {
    async submit(writes) {
      const actions = writes.map(toAction);
      const answer = await guarded(() => client.submitTransaction(actions));
      return answer.subResponses.map((part) => part.etag ?? "");
    },
    async get(partitionKey, rowKey, select) {
      try {
        const options = select ? { queryOptions: { select: [...select] } } : {};
        return (await client.getEntity(partitionKey, rowKey, options)) as unknown as StoredRow;
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 404) return null;
        throw toStorageFault(error);
      }
    },
    async range(range) {
      const limit = range.limit ?? 1000;
      const queryOptions = {
        filter: toFilter(range),
        ...(range.select ? { select: ["PartitionKey", "RowKey", ...range.select] } : {}),
      };
      const pages = client
        .listEntities({ queryOptions })
        .byPage({
          maxPageSize: limit,
          ...(range.continuation ? { continuationToken: range.continuation } : {}),
        });
      const page = await guarded(() => pages.next());
      if (page.done) return { rows: [], continuation: null };
      const { continuationToken } = page.value as { continuationToken?: string };
      return { rows: page.value as unknown as StoredRow[], continuation: continuationToken ?? null };
    },
  };
}

function toAction(write: Write): TransactionAction {
  const row = write.row as Row & { partitionKey: string; rowKey: string };
  switch (write.kind) {
    case "create":
      return ["create", row as never];
    case "upsert":
      return ["upsert", row as never, "Replace"];
    case "delete":
      return ["delete", row];
    case "merge":
    case "replace":
      return ["update", row as never, write.kind === "merge" ? "Merge" : "Replace", { etag: write.etag }];
  }
}

function toFilter(range: Range): string {
  const parts = [`PartitionKey eq ${quote(range.partitionKey)}`];
  if (range.from !== undefined) parts.push(`RowKey ge ${quote(range.from)}`);
  if (range.to !== undefined) parts.push(`RowKey lt ${quote(range.to)}`);
  if (range.filter) parts.push(`(${range.filter})`);
  return parts.join(" and ");
}

/** Quotes a text for an OData filter. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

async function guarded<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toStorageFault(error);
  }
}
