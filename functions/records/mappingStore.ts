import { gunzipSync, gzipSync } from "node:zlib";
import type { Mapping, MappingDraft, MappingOverview, MappingVersion } from "../contracts/mapping.ts";
import { toInstant } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import type { Sleep } from "../platform/sleep.ts";
import { changeRow } from "../platform/storage/changeRow.ts";
import { readRange } from "../platform/storage/readRange.ts";
import type { StoredRow, Table } from "../platform/storage/table.ts";
import { defaultMappings } from "./defaultMappings.ts";

/**
 * The versions of each organization's mappings: table `Mappings`, partition = organization id, row key =
 * `v|` and 99999999 − version, so that the newest sorts first. A version is never changed. Version 0 are the default
 * mappings; they are not stored.
 */
export interface MappingStore {
  /** The version in force. One request. */
  newest(organizationId: string): Promise<MappingVersion>;
  /** One version; null when there is none. One request at most. */
  version(organizationId: string, version: number): Promise<MappingVersion | null>;
  /** The version in force and the list of the last 50. Two requests. */
  overview(organizationId: string): Promise<MappingOverview>;
  /** Saves what was made from version `edited` as the next one. Throws 412 when somebody else has done so already. */
  save(
    organizationId: string,
    edited: number,
    mappings: MappingDraft,
    savedBy: string,
  ): Promise<MappingVersion>;
}

const listed = 50;
const latestVersion = 99_999_999;
const [prefix, end] = ["v|", "v}"];

/** What every organization starts with. */
const defaults: MappingVersion = { version: 0, savedAt: null, savedBy: null, mappings: [...defaultMappings] };

export function createMappingStore(table: Table, clock: Clock, sleep?: Sleep): MappingStore {
  /** The first rows of an organization, newest first. */
  function first(organizationId: string, most: number, select?: string[]): Promise<StoredRow[]> {
    const range = { partitionKey: organizationId, from: prefix, to: end };
    return readRange(table, select ? { ...range, select } : range, most);
  }

  async function version(organizationId: string, number: number): Promise<MappingVersion | null> {
    if (number === 0) return defaults;
    const row = number > latestVersion ? null : await table.get(organizationId, rowKey(number));
    return row && fromRow(row);
  }

  return {
    version,
    async newest(organizationId) {
      const [row] = await first(organizationId, 1);
      return row ? fromRow(row) : defaults;
    },
    async overview(organizationId) {
      const rows = await first(organizationId, listed, listColumns);
      const saved = rows.map(lineOf);
      const current = await version(organizationId, saved[0]?.version ?? 0);
      const { mappings: _mappings, ...start } = defaults;
      return { current: current ?? defaults, versions: [...saved, start] };
    },
    async save(organizationId, edited, draft, savedBy) {
      const next = edited + 1;
      const mappings: Mapping[] = draft.map((one) => ({ ...one, version: next }));
      const line = { version: next, savedAt: toInstant(clock()), savedBy };
      // The body of a request holds at most 64 KiB, so this always fits into one column.
      const content = gzipSync(JSON.stringify(mappings));
      const key = { partitionKey: organizationId, rowKey: rowKey(next) };
      const read = (row: StoredRow | null) => {
        if (row) throw savedMeanwhile(next);
        return { etag: null };
      };
      // Storage is never asked again by its client: whether a save without an answer was carried out is looked up here.
      const toRow = () => ({ ...key, ...line, mappings: content });
      await changeRow(table, key, { read, change: () => ({ etag: null }), toRow }, sleep);
      return { ...line, mappings };
    },
  };
}

/** Somebody else saved that version since the caller read the one before. */
export function savedMeanwhile(version: number): ApiProblem {
  return new ApiProblem(
    412,
    "mapping.changed",
    "Changed in the meantime",
    `Someone else saved version ${version} of the mapping. Load it and make your changes again, so that neither is lost.`,
  );
}

const listColumns = ["version", "savedAt", "savedBy"];

function rowKey(version: number): string {
  return `${prefix}${String(latestVersion - version).padStart(8, "0")}`;
}

function lineOf(row: StoredRow): Omit<MappingVersion, "mappings"> {
  return {
    version: Number(row["version"]),
    savedAt: String(row["savedAt"]),
    savedBy: String(row["savedBy"]),
  };
}

function fromRow(row: StoredRow): MappingVersion {
  const content = gunzipSync(row["mappings"] as Uint8Array).toString("utf8");
  return { ...lineOf(row), mappings: JSON.parse(content) as Mapping[] };
}
