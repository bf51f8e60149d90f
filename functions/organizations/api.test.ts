import { beforeEach, describe, expect, it } from "vitest";
import { defaultAlertSettings } from "../contracts/alerts.ts";
import { newOrganization } from "../contracts/organizations.ts";
import type { Caller } from "../identity/caller.ts";
import { createSeal } from "../platform/seal.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import {
  changeOrganization,
  createKey,
  createOrganization,
  getMe,
  getOrganization,
  listOrganizations,
  revokeKey,
} from "./api.ts";
import type { OrganizationServices } from "./api.ts";
import { createAudit } from "./audit.ts";
import { createDirectory } from "./directory.ts";
import { createKeyUse } from "./keyUse.ts";
import { createOrganizationStore } from "./store.ts";
import { createTeamsAddresses } from "./teamsAddress.ts";

const group = "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11";
const otherGroup = "d0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c12";
const environment = "b1a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11";
const now = Date.UTC(2026, 0, 5, 8);
const person = { id: "1", name: "Carla", signInName: "carla@contoso.example" };
const admin: Caller = { ...person, roles: ["Organization.Admin"], groups: [group] };
const globalAdmin: Caller = { ...person, roles: ["Platform.Admin"], groups: [] };

let services: OrganizationServices;
let table: Table;
let auditTable: Table;
let time: number;
beforeEach(async () => {
  time = now;
  const clock = () => time++;
  [table, auditTable] = [{ ...newTable() }, { ...newTable() }];
  const organizations = createOrganizationStore(table, clock, async () => {});
  services = {
    authenticate: () => Promise.reject(new Error("not used")),
    directory: createDirectory(organizations, clock),
    organizations,
    audit: createAudit({ table: auditTable, clock, sleep: async () => {} }),
    keyUse: createKeyUse({ table, clock, onError: (message) => expect.unreachable(message) }),
    ...createTeamsAddresses(createSeal(Buffer.alloc(32, 1).toString("base64")), []),
  };
  for (const [id, adminGroupId] of [
    ["contoso", group],
    ["fabrikam", null],
  ])
    await organizations.create(
      newOrganization.parse({ id, name: id, dynamicsOrganizationId: environment, adminGroupId }),
    );
});

function newTable(): Table {
  return connect(createModelTable(), { delay: async () => {}, fault: () => "none" }).table;
}

const call = (caller: Caller, parts: object = {}) =>
  ({ caller, params: { id: "contoso" }, ifMatch: "*", ...parts }) as never;
const change = (caller: Caller, body: object, ifMatch = "*") =>
  changeOrganization(services, call(caller, { body, ifMatch }));
const audited = async (id = "contoso") => (await services.audit.list(id, { limit: 50 })).items;
const lastChanges = async () => (await audited())[0]?.changes;

describe("who sees what", () => {
  it("shows an organization administrator themself and their own", async () => {
    expect((await getMe(services, call(admin))).body).toEqual({
      name: "Carla",
      signInName: "carla@contoso.example",
      roles: ["Organization.Admin"],
      organizations: [{ id: "contoso", name: "contoso" }],
    });
    const { items } = (await listOrganizations(services, call(admin))).body;
    expect(items.map(({ id }) => id)).toEqual(["contoso"]);
  });

  it("shows a global administrator all of them", async () => {
    expect((await getMe(services, call(globalAdmin))).body.organizations).toHaveLength(2);
    expect((await listOrganizations(services, call(globalAdmin))).body.items).toHaveLength(2);
  });

  it("gives the version with the organization", async () => {
    const stored = await services.organizations.get("contoso");
    expect((await getOrganization(services, call(admin))).headers).toEqual({ etag: stored?.etag });
  });

  it("looks at storage itself, where the directory may still hold what is gone", async () => {
    const gone = getOrganization(services, call(globalAdmin, { params: { id: "gone" } }));
    await expect(gone).rejects.toMatchObject({ status: 404 });
  });
});

describe("who changes what", () => {
  it("lets an organization administrator change what concerns their own watch over it", async () => {
    const alerts = { ...defaultAlertSettings, silence: { enabled: false } };
    const own = { silenceHours: 6, retentionDays: 30, alerts };
    expect((await change(admin, own)).body).toMatchObject(own);
    expect(await services.directory.find("contoso")).toMatchObject(own);
  });

  it.each([
    ["name", "other"],
    ["dynamicsOrganizationId", otherGroup],
    ["environmentUrl", "https://other.crm4.dynamics.com"],
    ["environmentTenantId", otherGroup],
    ["adminGroupId", otherGroup],
  ])("keeps %s for global administrators, also when it is cleared", async (name, other) => {
    for (const value of [null, other]) {
      const refused = change(admin, { silenceHours: 6, [name]: value });
      await expect(refused).rejects.toMatchObject({ status: 403, code: "role.missing" });
    }
    expect(await services.organizations.get("contoso")).toMatchObject({ silenceHours: 24 });
    expect(await audited()).toEqual([]);
    expect((await change(globalAdmin, { [name]: other })).body).toMatchObject({ [name]: other });
  });

  it("refuses a change of what somebody else has changed meanwhile, and notes none", async () => {
    const { headers } = await getOrganization(services, call(admin));
    await change(admin, { silenceHours: 6 });
    await expect(change(admin, { silenceHours: 48 }, headers?.etag)).rejects.toMatchObject({ status: 412 });
    expect(await audited()).toHaveLength(1);
  });
});

describe("the audit log", () => {
  it("tells of a new organization what it began with", async () => {
    const body = newOrganization.parse({ id: "adatum", name: "Adatum", dynamicsOrganizationId: environment });
    await createOrganization(services, call(globalAdmin, { body }));
    expect(await audited("adatum")).toMatchObject([
      {
        actor: person,
        action: "organization.created",
        target: null,
        changes: [
          { field: "Name", old: null, new: "Adatum" },
          { field: "Dynamics organization id", old: null, new: environment },
          { field: "Silence threshold", old: null, new: "24 hours" },
          { field: "Events are kept for", old: null, new: "90 days" },
        ],
      },
    ]);
  });

  it("tells of each field that really changed what it was and is, as a person would read it", async () => {
    await change(globalAdmin, {
      name: "contoso",
      adminGroupId: null,
      silenceHours: 1,
      retentionDays: 90,
      alerts: {
        ...defaultAlertSettings,
        silence: { enabled: false },
        errorRate: { enabled: true, percent: 50, events: 5 },
      },
    });
    expect(await lastChanges()).toEqual([
      { field: "Group of administrators", old: group, new: null },
      { field: "Silence threshold", old: "24 hours", new: "1 hour" },
      { field: "Alert for silence", old: "on", new: "off" },
      { field: "Alert for failed events, share", old: "20 %", new: "50 %" },
    ]);
  });

  it("has no entry of a change that changes nothing", async () => {
    await change(admin, { silenceHours: 24, alerts: defaultAlertSettings });
    await change(admin, {});
    expect(await audited()).toEqual([]);
  });

  it("has its entry also when the answer of storage is lost, and the caller has theirs", async () => {
    const submit = table.submit;
    let lost = 0;
    table.submit = async (writes) => {
      const answer = await submit(writes);
      if (writes[0]?.kind === "delete") return answer;
      throw new StorageFault("ambiguous", null, `Answer ${(lost += 1)} was lost.`);
    };
    const body = newOrganization.parse({ id: "adatum", name: "Adatum", dynamicsOrganizationId: environment });
    await createOrganization(services, call(globalAdmin, { body }));
    await change(admin, { silenceHours: 6 }, (await services.organizations.get("contoso"))?.etag);
    const { keyId } = (await createKey(services, call(admin, { body: { name: "Main" } }))).body;
    await revokeKey(services, call(admin, { params: { id: "contoso", keyId } }));
    expect(lost).toBe(4);
    const entries = [...(await audited("adatum")), ...(await audited())].map(({ action }) => action);
    const all = ["organization.created", "key.revoked", "key.created", "settings.changed"];
    expect(entries).toEqual(all);
  });

  it("makes the caller know when it lacks what was done", async () => {
    auditTable.submit = () => Promise.reject(new StorageFault("ambiguous", null, "away"));
    await expect(change(admin, { silenceHours: 6 })).rejects.toMatchObject({ code: "audit.notWritten" });
    expect(await services.organizations.get("contoso")).toMatchObject({ silenceHours: 6 });
  });
});

describe("the Teams address", () => {
  const address = (sig: string) => `https://prod.logic.azure.com/workflows/1?sig=${sig}`;

  it("goes in and is never seen again: not in an answer, not in storage, not in the audit log", async () => {
    const answer = await change(admin, { teamsWebhookUrl: address("s3cret") });
    expect(answer.body.teamsHost).toBe("prod.logic.azure.com");
    const stored = await services.organizations.get("contoso");
    expect(JSON.stringify([answer, stored, await audited()])).not.toContain("s3cret");
    expect(stored && services.teamsAddressOf(stored)).toBe(address("s3cret"));
  });

  it("is audited as its host, also when only the rest of it changed", async () => {
    await change(admin, { teamsWebhookUrl: address("one") });
    await change(admin, { teamsWebhookUrl: address("one") });
    await change(admin, { teamsWebhookUrl: address("two") });
    await change(admin, { silenceHours: 6 });
    await change(admin, { teamsWebhookUrl: null });
    const host = "prod.logic.azure.com";
    expect((await audited()).map(({ changes }) => changes[0]).toReversed()).toEqual([
      { field: "Teams address", old: null, new: host },
      { field: "Teams address", old: host, new: `${host} (another address)` },
      { field: "Silence threshold", old: "24 hours", new: "6 hours" },
      { field: "Teams address", old: host, new: null },
    ]);
  });

  it("can be replaced when the one before cannot be opened any more", async () => {
    await services.organizations.change("contoso", "*", { teams: { host: "old.example", sealed: "1.x" } });
    await change(admin, { teamsWebhookUrl: address("new") });
    expect(await lastChanges()).toEqual([
      { field: "Teams address", old: "old.example", new: "prod.logic.azure.com" },
    ]);
  });

  it("that is refused changes nothing else of the request either", async () => {
    const refused = change(admin, { silenceHours: 6, teamsWebhookUrl: "https://10.0.0.4/hook" });
    await expect(refused).rejects.toMatchObject({ status: 400, code: "teams.addressRefused" });
    expect(await services.organizations.get("contoso")).toMatchObject({ silenceHours: 24 });
  });
});

describe("keys", () => {
  const newKey = async (name: string, expiresAt?: string) =>
    (await createKey(services, call(admin, { body: { name, expiresAt } }))).body;
  const keys = async () => (await getOrganization(services, call(admin))).body.keys;

  it("are known to this process at once, listed without hash and value, and audited", async () => {
    await services.directory.all();
    const { key, keyId } = await newKey("Main", "2027-01-01T00:00:00Z");
    expect((await services.directory.find("contoso"))?.keys).toMatchObject([{ keyId }]);
    const answers = [
      await listOrganizations(services, call(admin)),
      await getOrganization(services, call(admin)),
    ];
    expect(JSON.stringify([answers, await audited()])).not.toContain(key);
    expect(JSON.stringify(answers)).not.toContain("sha256");
    expect(await audited()).toMatchObject([
      {
        action: "key.created",
        target: "Main",
        changes: [
          { field: "Key id", old: null, new: keyId },
          { field: "Expires", old: null, new: "2027-01-01T00:00:00.000Z" },
        ],
      },
    ]);
  });

  it("show when each was last used, in the list of organizations too", async () => {
    const [used, unused] = [await newKey("Used"), await newKey("Unused")];
    services.keyUse.note("contoso", used.keyId);
    await expect.poll(keys).toMatchObject([
      { keyId: used.keyId, lastUsedAt: expect.stringMatching(/^2026-01-05T08/) as string },
      { keyId: unused.keyId, lastUsedAt: null },
    ]);
    const { items } = (await listOrganizations(services, call(admin))).body;
    expect(items[0]?.keys).toEqual(await keys());
  });

  it("can be used without a change of the organization that an administrator edits", async () => {
    const { keyId } = await newKey("Main");
    const { headers } = await getOrganization(services, call(admin));
    services.keyUse.note("contoso", keyId);
    await expect.poll(keys).toMatchObject([{ lastUsedAt: expect.any(String) as string }]);
    await expect(change(admin, { silenceHours: 6 }, headers?.etag)).resolves.toBeDefined();
  });

  it("are audited by name when they are revoked", async () => {
    const { keyId } = await newKey("Old");
    await revokeKey(services, call(admin, { params: { id: "contoso", keyId } }));
    expect((await services.directory.find("contoso"))?.keys).toEqual([]);
    expect((await audited())[0]).toMatchObject({
      action: "key.revoked",
      target: "Old",
      changes: [{ field: "Key id", old: keyId, new: null }],
    });
  });
});
