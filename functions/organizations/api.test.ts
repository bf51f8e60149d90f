import { beforeEach, describe, expect, it } from "vitest";
import type { Caller } from "../identity/caller.ts";
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
import type { StoredOrganization } from "./storedOrganization.ts";

const group = "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11";
const organization = (id: string, adminGroupId: string | null): StoredOrganization => ({
  id,
  adminGroupId,
  name: id,
  dynamicsOrganizationId: group,
  environmentUrl: null,
  environmentTenantId: null,
  silenceHours: 24,
  state: "active",
  createdAt: 0,
  keys: [{ keyId: "k1", name: "Main", sha256: "5ha", createdAt: 0, expiresAt: null }],
  etag: `etag of ${id}`,
});
const contoso = organization("contoso", group);
const fabrikam = organization("fabrikam", null);

const person = { id: "1", name: "Carla", signInName: "carla@contoso.example" };
const admin: Caller = { ...person, roles: ["Organization.Admin"], groups: [group] };
const globalAdmin: Caller = { ...person, roles: ["Platform.Admin"], groups: [] };

let done: string[];
let services: OrganizationServices;
beforeEach(() => {
  done = [];
  const both = async () => [contoso, fabrikam];
  const note = async (what: string) => {
    done.push(what);
    return contoso;
  };
  services = {
    authenticate: () => Promise.reject(new Error("not used")),
    directory: { all: both, find: both, findFresh: both, forget: () => done.push("forget") } as never,
    organizations: {
      list: both,
      get: async (id) => (id === "contoso" ? contoso : id === "fabrikam" ? fabrikam : null),
      create: ({ id }) => note(`create ${id}`),
      change: (id, etag, change) => note(`change ${id} ${etag} ${JSON.stringify(change)}`),
      addKey: async (id, { name }) => {
        done.push(`add ${id} ${name}`);
        return { keyId: "k2", name, key: "ps_value", createdAt: "2026-01-05T00:00:00.000Z", expiresAt: null };
      },
      revokeKey: async (id, keyId) => void done.push(`revoke ${id} ${keyId}`),
    },
  };
});

const call = (caller: Caller, parts: object = {}) =>
  ({ caller, params: { id: "contoso" }, ifMatch: null, ...parts }) as never;

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

  it("shows no hash of a key", async () => {
    const answers = [
      await listOrganizations(services, call(admin)),
      await getOrganization(services, call(admin)),
    ];
    expect(JSON.stringify(answers)).not.toContain("5ha");
  });

  it("gives the version with the organization", async () => {
    expect((await getOrganization(services, call(admin))).headers).toEqual({ etag: "etag of contoso" });
  });

  it("looks at storage itself, where the directory may still hold what is gone", async () => {
    const gone = getOrganization(services, call(globalAdmin, { params: { id: "gone" } }));
    await expect(gone).rejects.toMatchObject({ status: 404 });
  });
});

describe("who changes what", () => {
  it("lets an organization administrator change when silence begins", async () => {
    await changeOrganization(services, call(admin, { ifMatch: "e1", body: { silenceHours: 6 } }));
    expect(done).toEqual(['change contoso e1 {"silenceHours":6}', "forget"]);
  });

  it.each(["name", "dynamicsOrganizationId", "environmentUrl", "environmentTenantId", "adminGroupId"])(
    "keeps %s for global administrators, also when it is cleared",
    async (name) => {
      for (const value of [null, "other"]) {
        const body = { silenceHours: 6, [name]: value };
        const change = changeOrganization(services, call(admin, { ifMatch: "*", body }));
        await expect(change).rejects.toMatchObject({ status: 403, code: "role.missing" });
      }
      expect(done).toEqual([]);
      await changeOrganization(services, call(globalAdmin, { ifMatch: "*", body: { [name]: "other" } }));
      expect(done).toEqual([`change contoso * {"${name}":"other"}`, "forget"]);
    },
  );

  it("makes every change known to this process at once", async () => {
    await createOrganization(services, call(globalAdmin, { body: { id: "contoso" } }));
    expect((await createKey(services, call(admin, { body: { name: "Main" } }))).body).toMatchObject({
      key: "ps_value",
    });
    await revokeKey(services, call(admin, { params: { id: "contoso", keyId: "k1" } }));
    const changes = ["create contoso", "add contoso Main", "revoke contoso k1"];
    expect(done).toEqual(changes.flatMap((change) => [change, "forget"]));
  });
});
