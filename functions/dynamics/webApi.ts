import type { Clock } from "../platform/clock.ts";
import { DataverseFault } from "./dataverseFault.ts";
import { entitySetName } from "./entitySet.ts";
import { environmentRoot } from "./environmentAddress.ts";
import { isObject } from "./plainValue.ts";
import { retryAfterMs } from "../platform/http/retryAfter.ts";
import { neededAnnotations, toError, toRow, webApiName } from "./webApiRow.ts";
import type { Column, DynamicsRow } from "./webApiRow.ts";

/** Where an organization's Dataverse environment is. A null tenant means the platform's own. */
export interface Environment {
  environmentUrl: string;
  tenantId: string | null;
}

/** Yields an access token for the root of an environment's Web API. Throws {@link DataverseFault}. */
export type DataverseToken = (environmentRoot: string, tenantId: string | null) => Promise<string>;

/** What the client needs: tokens and the time, and what tests and the embedded stack change. */
export interface DataverseOptions {
  token: DataverseToken;
  clock: Clock;
  fetch?: typeof fetch;
  /** Hosts beyond those of Dataverse itself, see {@link environmentRoot}. */
  furtherHosts?: readonly string[];
  /** Time for one request and its answer, 30 seconds unless told. */
  timeoutMs?: number;
}

/** What one reading may change. An aborted `signal` ends it as `unavailable`. */
interface RetrieveOptions {
  /** Entity set names of tables that do not follow the rule of Dataverse. */
  entitySets?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/** Client of the Dataverse Web API. */
export interface Dataverse {
  /**
   * Reads the given columns of one row as it is now, and always its `modifiedon` and `versionnumber`. Nothing is
   * retried here. Throws {@link DataverseFault}.
   */
  retrieve(
    environment: Environment,
    table: string,
    id: string,
    columns: readonly Column[],
    options?: RetrieveOptions,
  ): Promise<DynamicsRow>;
}

/** Longest wait that is believed, in milliseconds; Dataverse asks for minutes at most. */
const longestWait = 60 * 60_000;

const alwaysRead: readonly Column[] = [
  { name: "modifiedon", lookup: false },
  { name: "versionnumber", lookup: false },
];

/** The client over HTTPS: no redirects, a deadline for each request, tokens only for hosts that are allowed. */
export function createDataverse(options: DataverseOptions): Dataverse {
  const { token, clock, furtherHosts, timeoutMs = 30_000 } = options;
  const send = options.fetch ?? fetch;

  async function get(environment: Environment, path: string, signal?: AbortSignal): Promise<unknown> {
    const root = environmentRoot(environment.environmentUrl, furtherHosts);
    const bearer = await token(root, environment.tenantId);
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = await send(`${root}/api/data/v9.2/${path}`, {
        headers: {
          authorization: `Bearer ${bearer}`,
          accept: "application/json",
          "odata-version": "4.0",
          "odata-maxversion": "4.0",
          "if-none-match": "null",
          prefer: `odata.include-annotations="${neededAnnotations}"`,
        },
        redirect: "manual",
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      const body = parse(await response.text());
      if (response.status !== 200) throw faultOf(response, body, clock());
      return body;
    } catch (error) {
      if (error instanceof DataverseFault) throw error;
      const why = deadline.aborted ? `within ${timeoutMs / 1000} seconds` : "";
      throw new DataverseFault("unavailable", `Dynamics did not answer ${why}`.trim() + ".", null, error);
    }
  }

  return {
    async retrieve(environment, table, id, columns, { entitySets, signal } = {}) {
      const names = [...columns, ...alwaysRead].map(webApiName);
      const path = `${entitySetName(table, entitySets)}(${id})?$select=${[...new Set(names)].join(",")}`;
      if (!/^\w+\([0-9a-f-]{36}\)\?\$select=[\w,]+$/i.test(path)) {
        throw new DataverseFault("refused", `The mapping of ${table} has a name that Dynamics cannot have.`);
      }
      const row = await get(environment, path, signal);
      if (!isObject(row)) throw new DataverseFault("unavailable", "Dynamics answered with something else.");
      return toRow(table, id, row);
    },
  };
}

/** A 404 means that the row is gone only when Dataverse says so: a wrong address or table name answers 404 as well. */
function faultOf(response: Response, body: unknown, now: number): DataverseFault {
  const { status, headers } = response;
  const asked = retryAfterMs(headers, now);
  const wait = asked === null ? null : Math.min(asked, longestWait);
  const error = toError(body);
  const fault = (kind: DataverseFault["kind"], message: string) =>
    new DataverseFault(kind, message, wait, undefined, error?.message ?? null);
  if (status === 429) return fault("throttled", "Dynamics asked to slow down.");
  if (status === 408 || status >= 500) {
    return fault("unavailable", `Dynamics answered with a fault of its own (status ${status}).`);
  }
  if (status === 404 && error && (error.code === "0x80040217" || /does not exist/i.test(error.message))) {
    return fault("notFound", "The record is no longer in Dynamics.");
  }
  if (status === 404 && !error) {
    return fault("unavailable", "Something other than Dynamics answered with status 404.");
  }
  if (status >= 300 && status < 400) {
    return fault("refused", `The environment's address leads elsewhere (status ${status}).`);
  }
  return fault("refused", refusals[status] ?? `Dynamics refused the request (status ${status}).`);
}

const refusals: Readonly<Record<number, string>> = {
  400: "Dynamics does not know a column that the mapping names (status 400).",
  401: "Dynamics did not accept the sign-in of Portal Sync (status 401).",
  403: "The application user of Portal Sync may not read this record in Dynamics (status 403).",
  404: "Dynamics does not know the table as the mapping names it (status 404).",
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
