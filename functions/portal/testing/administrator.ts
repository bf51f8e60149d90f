import type { StoredOrganization } from "../../organizations/storedOrganization.ts";
import type { continueReplays } from "../replay/continueReplays.ts";
import { stepMessage } from "../replay/processReplay.ts";
import type { ReplayServices } from "../replay/replayServices.ts";
import { startReplay, startResume } from "../replay/startReplay.ts";
import type { AdministratorAct } from "./replayStory.ts";

/** The organizations of a story. */
export const organizationIds = ["quiet", "troubled"] as const;

/** Whether each organization is paused: what storage says, and what a process knows of it. */
export interface States {
  /** As stored. */
  paused: boolean;
}

/** An organization as it is stored. */
export function storedOrganization(id: string, { paused }: States): StoredOrganization {
  const environmentUrl = "https://x.crm.dynamics.com";
  return { id, environmentUrl, state: paused ? "paused" : "active" } as StoredOrganization;
}

/** A process's copy of the directory, which learns of a change only after some looks, or at once when asked for the present. */
export function staleDirectory(states: States, staleLooks: number): ReplayServices["directory"] {
  let known = states.paused;
  let looks = 0;
  const organization = (id: string) => storedOrganization(id, { paused: known });
  const look = () => {
    if (known === states.paused) looks = 0;
    else if ((looks += 1) > staleLooks) known = states.paused;
  };
  return {
    all: () => {
      look();
      return Promise.resolve(organizationIds.map(organization));
    },
    find: (id) => {
      look();
      return Promise.resolve(organization(id));
    },
    findFresh: (id) => {
      known = states.paused;
      return Promise.resolve(organization(id));
    },
    forget: () => {
      known = states.paused;
    },
  };
}

/** A timer that could not look at everything has not come to rest. */
const strict = {
  info: () => {},
  warn: () => {},
  error: (message: string) => {
    throw new Error(message);
  },
};

/** What the routes and the timer do, for both organizations of a story. May throw when storage does. */
export async function act(
  services: ReplayServices,
  states: States,
  what: AdministratorAct,
  timer: typeof continueReplays,
): Promise<void> {
  if (what === "tick") return timer(services, strict);
  if (what === "pause") states.paused = true;
  if (what === "resume") states.paused = false;
  for (const id of organizationIds) {
    const wanted = { organizationId: id, kind: "replay" as const, startedBy: "Carla" };
    if (what === "resume") await startResume(services, { id }, { name: "Carla" });
    if (what === "replay" && !states.paused)
      await startReplay(services, { ...wanted, selection: { filter: {} } });
    if (what === "replayFailed" && !states.paused)
      await startReplay(services, { ...wanted, selection: { filter: { outcome: "error" } } });
    if (what === "stop")
      for (const [place, active] of (await services.replays.active(id)).entries()) {
        const stopped = await services.replays.stop(active);
        if (place > 0) await services.sendStep(stepMessage(stopped, "stop"));
      }
  }
}
