import { TableClient } from "@azure/data-tables";
import { hashKey } from "../../functions/organizations/webhookKey.ts";
import { defaultSettings, toRow } from "../../functions/organizations/storedOrganization.ts";
import type { StoredOrganization } from "../../functions/organizations/storedOrganization.ts";
import { sampleEnvironments } from "../dynamics/sample.ts";
import { SAMPLE_GROUPS } from "../entra/sample.ts";

/** A sample organization with its webhook key in clear: it guards nothing but invented members. */
export interface SampleOrganization {
  id: keyof typeof SAMPLE_GROUPS;
  name: string;
  dynamicsOrganizationId: string;
  key: string;
}

export const sampleOrganizations: SampleOrganization[] = sampleEnvironments.map(
  ({ id, name, organizationId }) => ({
    id,
    name,
    dynamicsOrganizationId: organizationId,
    key: `${id}-local-webhook-key`,
  }),
);

/** One of them by its id. */
export function sampleOrganization(id: SampleOrganization["id"]): SampleOrganization {
  return sampleOrganizations.find((sample) => sample.id === id) as SampleOrganization;
}

/**
 * Puts the sample organizations where they are missing, with keys that the README can name. They are rows
 * like any other; only the keys are chosen here, because the API shows a key once and never lets one choose it.
 * The address of their Dynamics is brought up to date, for its port may differ from the last start's.
 */
export async function putSampleOrganizations(storage: string, dynamicsUrl: string): Promise<void> {
  const table = TableClient.fromConnectionString(storage, "Organizations", { allowInsecureConnection: true });
  await table.createTable();
  for (const sample of sampleOrganizations) {
    const organization = toStored(sample, dynamicsUrl);
    const { partitionKey, rowKey } = toRow(organization);
    try {
      await table.createEntity(toRow(organization));
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode !== 409) throw error;
      await table.updateEntity(
        { partitionKey, rowKey, environmentUrl: organization.environmentUrl },
        "Merge",
      );
    }
  }
}

function toStored(sample: SampleOrganization, dynamicsUrl: string): Omit<StoredOrganization, "etag"> {
  return {
    id: sample.id,
    name: sample.name,
    dynamicsOrganizationId: sample.dynamicsOrganizationId,
    environmentUrl: `${dynamicsUrl}/${sample.id}`,
    environmentTenantId: null,
    adminGroupId: SAMPLE_GROUPS[sample.id],
    ...defaultSettings,
    state: "active",
    createdAt: Date.UTC(2026, 0, 1),
    keys: [
      {
        keyId: "sample",
        name: "Sample key",
        sha256: hashKey(sample.key),
        createdAt: Date.UTC(2026, 0, 1),
        expiresAt: null,
      },
    ],
  };
}
