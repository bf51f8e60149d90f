import { randomBytes } from "node:crypto";
import type { NewKey, NewOrganization, OrganizationChange, CreatedKey } from "../contracts/organizations.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import type { Sleep } from "../platform/sleep.ts";
import { changeRow } from "../platform/storage/changeRow.ts";
import type { Changed } from "../platform/storage/changeRow.ts";
import { readRange } from "../platform/storage/readRange.ts";
import type { Row, StoredRow, Table } from "../platform/storage/table.ts";
import { hashKey } from "./webhookKey.ts";
import { defaultSettings, fromRow, organizationPartition, toRow } from "./storedOrganization.ts";
import type { StoredKey, StoredOrganization, StoredTeams } from "./storedOrganization.ts";

/** Settings to change, as they are stored: what is left out or undefined stays as it is. */
type SettingChange = Omit<OrganizationChange, "teamsWebhookUrl"> & {
  teams?: StoredTeams | null | undefined;
};

/** Reads and changes organizations in table `Organizations`. Every change is guarded by the ETag of what it was made from; one whose answer was lost is known again. */
export interface OrganizationStore {
  /** All organizations in order of their ids; one request per thousand. */
  list(): Promise<StoredOrganization[]>;
  get(id: string): Promise<StoredOrganization | null>;
  /** Throws 409 when the id is taken. */
  create(organization: NewOrganization): Promise<StoredOrganization>;
  /** `etag` is what the caller saw (`*` = whatever is there); throws 412 when the organization has changed since. */
  change(id: string, etag: string, change: SettingChange): Promise<Changed<StoredOrganization>>;
  /** Writes nothing when it has that state already. */
  setState(id: string, state: StoredOrganization["state"]): Promise<Changed<StoredOrganization>>;
  /** Throws 400 when the key would have expired already, 409 when there are too many. */
  addKey(id: string, key: NewKey): Promise<CreatedKey>;
  /** Answers what the key was. Throws 404 when there is no such key. */
  revokeKey(id: string, keyId: string): Promise<StoredKey>;
}

/** Enough for a rotation with overlap and a few senders; a list that only grows hides a forgotten key. */
const maxKeys = 10;

export function createOrganizationStore(table: Table, clock: Clock, sleep?: Sleep): OrganizationStore {
  const get = async (id: string) => {
    const row = await table.get(organizationPartition, id);
    return row && fromRow(row);
  };

  /** Throws 404 when there is none. */
  function edit(
    id: string,
    change: (current: StoredOrganization) => StoredOrganization,
  ): Promise<Changed<StoredOrganization>> {
    const read = (row: StoredRow | null) => {
      if (row) return fromRow(row);
      throw new ApiProblem(404, "organization.notFound", "No such organization", "It was removed.");
    };
    return changeRow(table, keyOf(id), { read, change, toRow: rowOf }, sleep);
  }

  return {
    get,
    async list() {
      return (await readRange(table, { partitionKey: organizationPartition })).map(fromRow);
    },
    async create(given) {
      const organization: StoredOrganization = {
        id: given.id,
        name: given.name,
        dynamicsOrganizationId: given.dynamicsOrganizationId,
        environmentUrl: given.environmentUrl ?? null,
        environmentTenantId: given.environmentTenantId ?? null,
        adminGroupId: given.adminGroupId ?? null,
        ...defaultSettings,
        silenceHours: given.silenceHours,
        state: "active",
        createdAt: clock(),
        keys: [],
        etag: "",
      };
      const read = (row: StoredRow | null) => {
        if (!row) return organization;
        throw new ApiProblem(
          409,
          "organization.exists",
          "The id is taken",
          `There is an organization “${given.id}” already.`,
        );
      };
      const change = () => ({ ...organization });
      const { after } = await changeRow(table, keyOf(given.id), { read, change, toRow: rowOf }, sleep);
      return after;
    },
    async change(id, etag, change) {
      const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      return edit(id, (current) => {
        if (etag !== "*" && etag !== current.etag) throw changedMeanwhile();
        return { ...current, ...defined };
      });
    },
    setState(id, state) {
      return edit(id, (current) => (current.state === state ? current : { ...current, state }));
    },
    async addKey(id, { name, expiresAt }) {
      if (expiresAt && Date.parse(expiresAt) <= clock())
        throw new ApiProblem(
          400,
          "key.expired",
          "The key would have expired",
          "Choose an expiry in the future, or none.",
        );
      const value = `ps_${randomBytes(32).toString("base64url")}`;
      const key = {
        keyId: randomBytes(6).toString("hex"),
        name,
        createdAt: clock(),
        expiresAt: expiresAt ? Date.parse(expiresAt) : null,
      };
      await edit(id, (organization) => {
        if (organization.keys.length >= maxKeys)
          throw new ApiProblem(
            409,
            "key.limit",
            "Too many keys",
            `There are ${maxKeys} keys already. Revoke one that is not used.`,
          );
        return { ...organization, keys: [...organization.keys, { ...key, sha256: hashKey(value) }] };
      });
      return {
        ...key,
        key: value,
        createdAt: toInstant(key.createdAt),
        expiresAt: toInstantOrNull(key.expiresAt),
      };
    },
    async revokeKey(id, keyId) {
      const { before } = await edit(id, (organization) => {
        const keys = organization.keys.filter((key) => key.keyId !== keyId);
        if (keys.length === organization.keys.length)
          throw new ApiProblem(
            404,
            "key.notFound",
            "No such key",
            "There is no key with this id; it may have been revoked already.",
          );
        return { ...organization, keys };
      });
      return before.keys.find((key) => key.keyId === keyId) as StoredKey;
    },
  };
}

function changedMeanwhile(): ApiProblem {
  return new ApiProblem(
    412,
    "organization.changed",
    "Changed in the meantime",
    "Someone else changed the organization. Load it again and repeat your change.",
  );
}

function keyOf(id: string): { partitionKey: string; rowKey: string } {
  return { partitionKey: organizationPartition, rowKey: id };
}

function rowOf({ etag: _etag, ...organization }: StoredOrganization): Row {
  return toRow(organization);
}
