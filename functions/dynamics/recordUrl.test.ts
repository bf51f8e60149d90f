import { expect, it } from "vitest";
import { recordUrl } from "./recordUrl.ts";

const id = "11111111-2222-3333-4444-555555555555";

it.each([
  ["https://contoso.crm4.dynamics.com", "https://contoso.crm4.dynamics.com"],
  ["https://contoso.crm4.dynamics.com/main.aspx?appid=1", "https://contoso.crm4.dynamics.com"],
  ["https://contoso.crm4.dynamics.com/apps/membership/", "https://contoso.crm4.dynamics.com"],
  ["http://localhost:5180/contoso", "http://localhost:5180/contoso"],
])("a row of %s is opened below %s", (environment, root) => {
  expect(recordUrl(environment, "contact", id)).toBe(
    `${root}/main.aspx?etn=contact&pagetype=entityrecord&id=${id}`,
  );
});

it("there is no address without the environment, the table or the row, and nothing of them leaves its place", () => {
  const environment = "https://contoso.crm4.dynamics.com";
  expect(recordUrl(null, "contact", id)).toBeNull();
  expect(recordUrl(environment, null, id)).toBeNull();
  expect(recordUrl(environment, "contact", null)).toBeNull();
  expect(recordUrl(environment, "contact", "1&etn=other")).toContain("id=1%26etn%3Dother");
});
