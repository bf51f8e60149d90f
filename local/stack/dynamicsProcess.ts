import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/run.ts";
import type { RunningEntra } from "../entra/startEntra.ts";
import { startChild } from "./child.ts";
import type { Child, ChildOptions } from "./child.ts";
import { sampleOrganizations } from "./sampleOrganizations.ts";

/** Starts the simulated Dynamics as a process: an environment for each sample organization, its webhook registered. */
export async function startDynamicsProcess(options: {
  folder: string;
  port: number;
  store: string;
  functionsUrl: string;
  entra: RunningEntra;
  child: ChildOptions;
}): Promise<{ child: Child; url: string }> {
  const { folder, port, store, functionsUrl, entra } = options;
  const config = join(folder, "dynamics.json");
  const environments = sampleOrganizations.map(({ id, name, dynamicsOrganizationId, key }) => ({
    id,
    name,
    organizationId: dynamicsOrganizationId,
    webhook: { url: `${functionsUrl}/api/webhooks/dynamics/${id}`, key },
  }));
  const auth = { issuer: entra.issuer, jwksUri: entra.authorityMetadata.jwks_uri };
  writeFileSync(config, JSON.stringify({ environments, auth }), { mode: 0o600 });
  const args = [
    join(root, "local/dynamics/main.ts"),
    ...["--port", String(port), "--store", store, "--config", config],
  ];
  const { child, info } = await startChild<{ url: string }>("Dynamics", args, options.child);
  return { child, url: info.url };
}
