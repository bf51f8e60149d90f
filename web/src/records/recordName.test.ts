import { expect, it } from "vitest";
import { recordName } from "./recordName.ts";

const name = (fields: Record<string, unknown>) =>
  recordName(Object.entries(fields).map(([field, value]) => ({ field, value })));

it("is the full name, else the parts of a name, else the name", () => {
  expect(name({ firstName: "Ada", lastName: "Vega", fullName: "Ada M. Vega", name: "A" })).toBe(
    "Ada M. Vega",
  );
  expect(name({ firstName: "Ada", lastName: "Vega" })).toBe("Ada Vega");
  expect(name({ lastName: "Vega", fullName: null })).toBe("Vega");
  expect(name({ name: "Contoso Ltd" })).toBe("Contoso Ltd");
});

it("is not there where no field holds one", () => {
  expect(name({ city: "Berlin", fullName: " ", name: 7 })).toBeNull();
});
