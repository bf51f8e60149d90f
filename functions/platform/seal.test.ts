import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { createSeal, SealFault } from "./seal.ts";

const key = randomBytes(32).toString("base64");
const seal = createSeal(key);
const secret = "https://prod.logic.azure.com/workflows/1?sig=Größe";

it("gives a secret back, and seals it into another text each time", () => {
  const [one, two] = [seal.seal(secret, "teams|contoso"), seal.seal(secret, "teams|contoso")];
  expect(one).not.toBe(two);
  expect(one).not.toContain("logic");
  expect(createSeal(key).open(one, "teams|contoso")).toBe(secret);
  expect(seal.open(two, "teams|contoso")).toBe(secret);
});

it("opens for its own purpose only: a text that is copied to another organization is worthless there", () => {
  const sealed = seal.seal(secret, "teams|contoso");
  expect(() => seal.open(sealed, "teams|fabrikam")).toThrow(SealFault);
});

it("opens with its own key only", () => {
  const other = createSeal(randomBytes(32).toString("base64"));
  expect(() => other.open(seal.seal(secret, "p"), "p")).toThrow("SECRETS_KEY");
});

it("finds out every changed character", () => {
  const sealed = seal.seal("secret", "p");
  for (let place = 0; place < sealed.length; place += 1) {
    // The last digit of base64 may hold bits that mean nothing; a whole step of the alphabet changes the rest.
    const changed = sealed[place] === "A" ? "g" : "A";
    const text = sealed.slice(0, place) + changed + sealed.slice(place + 1);
    expect(() => seal.open(text, "p"), `character ${place}`).toThrow(SealFault);
  }
});

it.each(["", "1.", "1.abcd", "2.abcd"])("does not take %j for a sealed text", (text) => {
  expect(() => seal.open(text, "p")).toThrow(SealFault);
});
