import { describe, expect, it } from "vitest";
import { startTestDynamics } from "../testing/environment.ts";
import type { ApiAnswer } from "../testing/environment.ts";

const { dynamics, contoso, api } = await startTestDynamics();
const tracking = { prefer: "odata.track-changes" };

const deltaLink = async (): Promise<string> =>
  (await api("contacts?$select=jobtitle", { headers: tracking })).body["@odata.deltaLink"];

describe("change tracking", () => {
  it("gives what was written and what was deleted since, and then nothing", async () => {
    const [changed = "", deleted = ""] = contoso.rows("contact").map((row) => row.id);
    const link = await deltaLink();
    contoso.update("contact", changed, { jobtitle: "Hydrologist" });
    contoso.remove("contact", deleted);
    const { body } = await api(link);
    expect(body["@odata.context"]).toMatch(/\$metadata#contacts\(jobtitle\)\/\$delta$/);
    expect(body.value).toEqual([
      { "@odata.etag": expect.any(String), jobtitle: "Hydrologist", contactid: changed },
      {
        "@odata.context": expect.stringMatching(/#contacts\/\$deletedEntity$/),
        id: deleted,
        reason: "deleted",
      },
    ]);
    expect((await api(body["@odata.deltaLink"])).body.value).toEqual([]);
  });

  it("tells of a row that came and went in between as deleted", async () => {
    const link = await deltaLink();
    const id = contoso.create("contact", { lastname: "Brief" });
    contoso.remove("contact", id);
    expect((await api(link)).body.value).toMatchObject([{ id, reason: "deleted" }]);
  });

  it("misses no change made while pages are read", async () => {
    const headers = { prefer: "odata.track-changes,odata.maxpagesize=200" };
    const first = await api("contacts?$select=jobtitle", { headers });
    const seen = first.body.value[0].contactid;
    contoso.update("contact", seen, { jobtitle: "Changed meanwhile" });
    const second = await api(first.body["@odata.nextLink"], { headers });
    expect(first.body).not.toHaveProperty("@odata.deltaLink");
    const delta = await api(second.body["@odata.deltaLink"]);
    expect(delta.body.value).toMatchObject([{ contactid: seen, jobtitle: "Changed meanwhile" }]);
  });

  it("ends the pages of a tracked query, though only the first page asked for it", async () => {
    const headers = { prefer: "odata.track-changes,odata.maxpagesize=200" };
    const first = await api("contacts?$select=jobtitle", { headers });
    expect((await api(first.body["@odata.nextLink"])).body).toHaveProperty(["@odata.deltaLink"]);
    const plain = await api("contacts?$select=jobtitle", { headers: { prefer: "odata.maxpagesize=200" } });
    expect((await api(plain.body["@odata.nextLink"])).body).not.toHaveProperty(["@odata.deltaLink"]);
  });

  it("comes in pages too, and counts", async () => {
    const link = await deltaLink();
    for (const row of contoso.rows("contact").slice(0, 5))
      contoso.update("contact", row.id, { jobtitle: "Paged" });
    const seen: string[] = [];
    let answer: ApiAnswer = await api(link, { headers: { prefer: "odata.maxpagesize=2" } });
    seen.push(...answer.body.value.map((row: { contactid: string }) => row.contactid));
    while (answer.body["@odata.nextLink"]) {
      answer = await api(answer.body["@odata.nextLink"], { headers: { prefer: "odata.maxpagesize=2" } });
      seen.push(...answer.body.value.map((row: { contactid: string }) => row.contactid));
    }
    expect(new Set(seen).size).toBe(5);
    expect(answer.body).toHaveProperty(["@odata.deltaLink"]);
    const token = new URL(link).searchParams.get("$deltatoken") ?? "";
    expect((await api(`contacts/$count?$deltatoken=${encodeURIComponent(token)}`)).body).toBe("5");
  });

  it("refuses a token older than seven days", async () => {
    dynamics.setClock("2026-01-01T00:00:00Z");
    const link = await deltaLink();
    dynamics.setClock("2026-01-08T00:00:00Z");
    expect((await api(link)).status).toBe(200);
    dynamics.setClock("2026-01-08T00:00:01Z");
    expect((await api(link)).body.error.message).toContain("perform a full sync");
    dynamics.setClock(null);
  });

  it.each(["$filter=statecode eq 0", "$orderby=fullname", "$top=3", "$expand=createdby"])(
    "cannot be combined with %s",
    async (option) => {
      const { status, body } = await api(`contacts?${option}`, { headers: tracking });
      expect(status).toBe(400);
      expect(body.error.message).toContain(option.split("=")[0]);
    },
  );

  it("is off for memberships until it is switched on, for good", async () => {
    const definition = "EntityDefinitions(LogicalName='msnfp_membership')";
    const refused = await api("msnfp_memberships", { headers: tracking });
    expect(refused.body.error.message).toBe("Entity: msnfp_membership isn't enabled for change tracking.");
    const turn = (on: boolean) => api(definition, { method: "PUT", body: { ChangeTrackingEnabled: on } });
    expect((await turn(true)).status).toBe(204);
    expect((await api("msnfp_memberships", { headers: tracking })).body).toHaveProperty(["@odata.deltaLink"]);
    expect((await turn(false)).status).toBe(400);
    expect((await api(definition)).body.ChangeTrackingEnabled).toBe(true);
  });
});
