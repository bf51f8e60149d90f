import { setTimeout } from "node:timers/promises";
import { AzureNamedKeyCredential, generateTableSas } from "@azure/data-tables";
import { identityKey } from "../../functions/sync-log/keys.ts";
import { openConnection } from "../load/connection.ts";
import type { Connection } from "../load/connection.ts";

/** Waits until an event can be read, as the API would read it. */
interface Visibility {
  /** Resolves with the moment (`performance.now()`) at which the event was first found. */
  seen(organizationId: string, eventId: string, signal: AbortSignal): Promise<number>;
  close(): void;
}

/** Between two looks at an event, in milliseconds: the resolution of what is measured. */
const pauseMs = 12;

/**
 * Looks for the event's identity row, which is the first thing that the API reads for one event and is written in
 * one transaction with the event itself. A point read over a keep-alive connection with a signed address, not
 * through the SDK: it costs this process almost nothing and storage a third of a millisecond. Each event is looked for
 * by itself, over a connection of its own: were they to take turns, an event would be found the later the more
 * slowly storage answers the looks at the others.
 */
export function createVisibility(storage: string): Visibility {
  const part = (name: string) => new RegExp(`${name}=([^;]+)`).exec(storage)?.[1] ?? "";
  const account = part("AccountName");
  const endpoint = new URL(part("TableEndpoint"));
  const credential = new AzureNamedKeyCredential(account, part("AccountKey"));
  const signature = generateTableSas("SyncLog", credential, {
    permissions: { query: true },
    startsOn: new Date(Date.now() - 3_600_000),
    expiresOn: new Date(Date.now() + 3_600_000),
  });
  const idle: Connection[] = [];
  const all: Connection[] = [];

  function open(): Connection {
    const connection = openConnection(Number(endpoint.port));
    all.push(connection);
    return connection;
  }

  function lookUp(organizationId: string, eventId: string): Buffer {
    const key = encodeURIComponent(identityKey(eventId));
    const row = `${endpoint.pathname}/SyncLog(PartitionKey='${organizationId}',RowKey='${key}')?$select=RowKey&${signature}`;
    return Buffer.from(
      `GET ${row} HTTP/1.1\r\nhost: ${endpoint.host}\r\naccept: application/json;odata=nometadata\r\n\r\n`,
    );
  }

  async function isThere(connection: Connection, request: Buffer): Promise<boolean> {
    const { status, body } = await connection.send(request);
    if (status === 200 || status === 404) return status === 200;
    throw new Error(`Storage answered ${status} to the look for an event: ${body}`);
  }

  return {
    async seen(organizationId, eventId, signal) {
      const request = lookUp(organizationId, eventId);
      const connection = idle.pop() ?? open();
      while (!(await isThere(connection, request))) await setTimeout(pauseMs, undefined, { signal });
      const at = performance.now();
      idle.push(connection);
      return at;
    },
    close() {
      for (const connection of all) connection.close();
    },
  };
}
