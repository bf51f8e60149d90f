import { expect, test } from "vitest";
import { SHARED_ACCESS_KEY_NAME, sasProblem } from "./sas.ts";

test.each(["%zz", "%E0%A4%A", "AAAA"])("the signature %s is none", (signature) => {
  const token = `SharedAccessSignature sr=sb%3A%2F%2Flocalhost&sig=${signature}&se=9999999999&skn=${SHARED_ACCESS_KEY_NAME}`;
  expect(sasProblem(token, 0)).toBe("The token has an invalid signature.");
});
