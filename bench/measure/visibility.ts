import { AzureNamedKeyCredential, generateTableSas } from "@azure/data-tables";
import { identityKey } from "../../functions/sync-log/keys.ts";
import { openConnection } from "../load/connection.ts";

/** Waits until an event can be read, as the API would read it. */
interface Visibility {
  /** Resolves with the moment (`performance.now()`) at which the event was first found. */
  seen(organizationId: string, eventId: string, signal: AbortSignal): Promise<number>;
}

interface Waiting {
  request: Buffer;
  signal: AbortSignal;
  resolve: (at: number) => void;
  reject: (reason: unknown) => void;
}

/**
 * Between two looks at whatever event. The pause is shared by all that are waited for, so that looking costs storage
 * the same whether events come late or early: otherwise every delay would grow by the looks that it causes.
 */
const pauseMs = 3;

/**
 * Looks for the event's identity row, which is the first thing that the API reads for one event and is written in
 * one transaction with the event itself. A point read over a keep-alive connection with a signed address, not
 * through the SDK: it costs this process almost nothing and storage a third of a millisecond. The resolution is the
 * pause times the number of events that are waited for at that moment.
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
  const connection = openConnection(Number(endpoint.port));
  const waiting: Waiting[] = [];
  let looking: Promise<void> | undefined;

  function lookUp(organizationId: string, eventId: string): Buffer {
    const key = encodeURIComponent(identityKey(eventId));
    const row = `${endpoint.pathname}/SyncLog(PartitionKey='${organizationId}',RowKey='${key}')?$select=RowKey&${signature}`;
    return Buffer.from(
      `GET ${row} HTTP/1.1\r\nhost: ${endpoint.host}\r\naccept: application/json;odata=nometadata\r\n\r\n`,
    );
  }

  /** Looks for one after the other, until none is left. */
  async function look(): Promise<void> {
    for (let event = waiting.shift(); event; event = waiting.shift()) {
      if (event.signal.aborted) event.reject(event.signal.reason);
      else if (await isThere(event.request)) event.resolve(performance.now());
      else waiting.push(event);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async function isThere(request: Buffer): Promise<boolean> {
    const { status, body } = await connection.send(request);
    if (status === 200 || status === 404) return status === 200;
    throw new Error(`Storage answered ${status} to the look for an event: ${body}`);
  }

  return {
    seen(organizationId, eventId, signal) {
      const request = lookUp(organizationId, eventId);
      return new Promise((resolve, reject) => {
        waiting.push({ request, signal, resolve, reject });
        looking ??= look().finally(() => (looking = undefined));
        looking.catch(reject);
      });
    },
  };
}
