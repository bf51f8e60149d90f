import type { routes } from "../contracts/routes.ts";
import { setupScript } from "../dynamics/setupScript.ts";
import { setupSteps } from "../dynamics/setupSteps.ts";
import type { Call, Reply, RouteServices } from "../identity/route.ts";
import type { MappingStore } from "../records/mappingStore.ts";
import { webhookRoute } from "./receive.ts";

export interface SetupServices extends RouteServices {
  /** Read itself: the copy of this process may lack the version that was saved a moment ago. */
  mappingStore: Pick<MappingStore, "newest">;
}

type Routes = typeof routes;

/** How the organization's own environment is set up: its webhook address, and the steps for the tables it has mapped. */
export async function getSetup(
  { mappingStore }: SetupServices,
  { organization, apiUrl }: Call<Routes["getSetup"]>,
): Promise<Reply<Routes["getSetup"]>> {
  const { id, name, dynamicsOrganizationId, environmentUrl } = organization;
  const webhookUrl = `${apiUrl}/${webhookRoute.replace("{organizationId}", id)}`;
  const { mappings } = await mappingStore.newest(id);
  const steps = setupSteps(webhookUrl, mappings);
  const subject = { organizationId: id, organizationName: name, dynamicsOrganizationId, environmentUrl };
  return { body: { webhookUrl, steps, script: setupScript(subject, steps) } };
}
