import type { routes } from "../contracts/routes.ts";
import type { Call, Reply } from "../identity/route.ts";
import { organizationReply } from "../organizations/api.ts";
import type { OrganizationServices } from "../organizations/api.ts";
import { startResume } from "./replay/startReplay.ts";
import type { StartServices } from "./replay/startReplay.ts";

type Routes = typeof routes;

/** Events keep arriving and are kept from now on. Repeating it changes nothing. */
export async function pausePortal(
  services: OrganizationServices,
  { caller, params }: Call<Routes["pausePortal"]>,
): Promise<Reply<Routes["pausePortal"]>> {
  const lastUsed = await services.keyUse.lastUsed(params.id);
  const { before, after } = await services.organizations.setState(params.id, "paused");
  services.directory.forget();
  if (before.state !== after.state)
    await services.audit.record(params.id, caller, "integration.paused", null);
  return organizationReply(after, lastUsed);
}

/** Events are processed again from now on, and those that were kept are run in order. Repeating it changes nothing. */
export async function resumePortal(
  services: OrganizationServices & StartServices,
  { caller, params }: Call<Routes["resumePortal"]>,
): Promise<Reply<Routes["resumePortal"]>> {
  const lastUsed = await services.keyUse.lastUsed(params.id);
  const { before, after } = await services.organizations.setState(params.id, "active");
  services.directory.forget();
  if (before.state !== after.state)
    await services.audit.record(params.id, caller, "integration.resumed", null);
  await startResume(services, after, caller);
  return organizationReply(after, lastUsed);
}
