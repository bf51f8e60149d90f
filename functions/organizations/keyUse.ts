import type { Clock } from "../platform/clock.ts";
import { describeError } from "../platform/log.ts";
import { readRange } from "../platform/storage/readRange.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { StoredRow, Table } from "../platform/storage/table.ts";

/** When each key of an organization was last used, by key id, in milliseconds since 1970 UTC. */
export type LastUsed = ReadonlyMap<string, number>;

/**
 * When webhooks were last accepted, for each key. Kept in rows of their own in table `Organizations`: the rows of
 * organizations stay as the administrators who edit them saw them.
 */
export interface KeyUse {
  /** Notes that a webhook was accepted with a key. Never waits and never fails: what it costs is a write in five minutes. */
  note(organizationId: string, keyId: string): void;
  /** In one storage read. */
  lastUsed(organizationId: string): Promise<LastUsed>;
  /** Of all organizations by id; one storage read for a thousand keys. */
  lastUsedOfAll(): Promise<ReadonlyMap<string, LastUsed>>;
  /** Removes what is known of a key that was revoked. */
  forget(organizationId: string, keyId: string): Promise<void>;
}

const keyUsePartition = "keyUse";
/** Between two writes of one key by one process: as far as the time that is shown may be behind. */
const intervalMs = 5 * 60_000;

export function createKeyUse({
  table,
  clock,
  onError,
}: {
  table: Table;
  clock: Clock;
  onError: (message: string) => void;
}): KeyUse {
  /** Grows with the keys that exist, for only a valid key is noted. */
  const writtenAt = new Map<string, number>();

  return {
    note(organizationId, keyId) {
      const rowKey = `${organizationId}|${keyId}`;
      const now = clock();
      if (now - (writtenAt.get(rowKey) ?? Number.NEGATIVE_INFINITY) < intervalMs) return;
      // Also when the write fails: while storage is away no webhook may cost a try.
      writtenAt.set(rowKey, now);
      table
        .submit([{ kind: "upsert", row: { partitionKey: keyUsePartition, rowKey, usedAt: now } }])
        .catch((error: unknown) => onError(`The use of a key could not be noted: ${describeError(error)}`));
    },
    async lastUsed(organizationId) {
      const rows = await readRange(table, {
        partitionKey: keyUsePartition,
        from: `${organizationId}|`,
        to: `${organizationId}}`,
      });
      return new Map(rows.map((row) => [keyIdOf(row), Number(row["usedAt"])]));
    },
    async lastUsedOfAll() {
      const rows = await readRange(table, { partitionKey: keyUsePartition });
      const groups = Map.groupBy(rows, ({ rowKey }) => rowKey.slice(0, rowKey.indexOf("|")));
      return new Map(
        [...groups].map(([organizationId, rows]) => [
          organizationId,
          new Map(rows.map((row) => [keyIdOf(row), Number(row["usedAt"])])),
        ]),
      );
    },
    async forget(organizationId, keyId) {
      const row = { partitionKey: keyUsePartition, rowKey: `${organizationId}|${keyId}` };
      try {
        await table.submit([{ kind: "delete", row }]);
      } catch (error) {
        if (error instanceof StorageFault && error.kind === "conflict") return;
        // A row that stays is shown nowhere: the key that it belongs to is gone.
        onError(`The use of a revoked key could not be removed: ${describeError(error)}`);
      }
    },
  };
}

function keyIdOf({ rowKey }: StoredRow): string {
  return rowKey.slice(rowKey.indexOf("|") + 1);
}
