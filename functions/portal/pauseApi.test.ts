import { beforeEach, expect, it } from "vitest";
import { newOrganization } from "../contracts/organizations.ts";
import type { Caller } from "../identity/caller.ts";
import type { OrganizationServices } from "../organizations/api.ts";
import { createAudit } from "../organizations/audit.ts";
import { createDirectory } from "../organizations/directory.ts";
import { createKeyUse } from "../organizations/keyUse.ts";
import { createOrganizationStore } from "../organizations/store.ts";
import { createTeamsAddresses } from "../organizations/teamsAddress.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import { pausePortal, resumePortal } from "./pauseApi.ts";
import { createReplayStore } from "./replay/replayStore.ts";
import type { StartServices } from "./replay/startReplay.ts";

const caller: Caller = {
  id: "1",
  name: "Carla",
  signInName: null,
  roles: ["Organization.Admin"],
  groups: [],
};
const call = { caller, params: { id: "contoso" } } as never;

let organizationTable: Table;
let services: OrganizationServices & StartServices;
beforeEach(async () => {
  let now = Date.UTC(2026, 0, 5, 8);
  const clock = () => now++;
  const { table } = connect(createModelTable(), { delay: async () => {}, fault: () => "none" });
  organizationTable = { ...table };
  const organizations = createOrganizationStore(organizationTable, clock, async () => {});
  services = {
    authenticate: () => Promise.reject(new Error("not used")),
    directory: createDirectory(organizations, clock),
    organizations,
    audit: createAudit({ table, clock }),
    keyUse: createKeyUse({ table, clock, onError: (message) => expect.unreachable(message) }),
    ...createTeamsAddresses(null, []),
    syncLog: table,
    replays: createReplayStore({ table, clock }),
    sendStep: () => Promise.resolve(),
  };
  const dynamicsOrganizationId = "b1a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11";
  await organizations.create(
    newOrganization.parse({ id: "contoso", name: "Contoso", dynamicsOrganizationId }),
  );
});

const actions = async () =>
  (await services.audit.list("contoso", { limit: 50 })).items.map(({ action }) => action);

it("pauses and resumes: answered, known to this process at once, and audited", async () => {
  await services.directory.all();
  expect((await pausePortal(services, call)).body.state).toBe("paused");
  expect(await services.directory.find("contoso")).toMatchObject({ state: "paused" });
  expect((await resumePortal(services, call)).body.state).toBe("active");
  expect(await services.directory.find("contoso")).toMatchObject({ state: "active" });
  expect(await actions()).toEqual(["integration.resumed", "integration.paused"]);
});

it("changes nothing when it is repeated", async () => {
  const first = await pausePortal(services, call);
  expect(await pausePortal(services, call)).toEqual(first);
  expect(await actions()).toEqual(["integration.paused"]);
  await resumePortal(services, call);
  await resumePortal(services, call);
  expect(await actions()).toEqual(["integration.resumed", "integration.paused"]);
});

it("is audited also when storage carried it out and its answer was lost", async () => {
  const { submit } = organizationTable;
  organizationTable.submit = async (writes) => {
    await submit(writes);
    throw new StorageFault("ambiguous", null, "The answer was lost.");
  };
  expect((await pausePortal(services, call)).body.state).toBe("paused");
  expect((await resumePortal(services, call)).body.state).toBe("active");
  expect(await actions()).toEqual(["integration.resumed", "integration.paused"]);
});
