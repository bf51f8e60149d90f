import { expect, it } from "vitest";
import { codeGrant } from "./codeGrant.ts";
import { answerOf, codeForm, PORTAL, testIssuer } from "./testIssuer.ts";

it("forgets which codes were redeemed once they have died", async () => {
  const entra = await testIssuer();
  const redeemed = new Map<string, number>();
  const grant = codeGrant(entra.issuer, redeemed);
  const redeemNewCode = async () => {
    const { code } = answerOf(await entra.login("contoso-admin"));
    return grant({ form: new URLSearchParams(codeForm(code!)), origin: PORTAL });
  };
  await redeemNewCode();
  await redeemNewCode();
  expect(redeemed.size).toBe(2);
  entra.time.now += 10 * 60 * 1000;
  await redeemNewCode();
  expect(redeemed.size).toBe(1);
});
