import { createHmac, timingSafeEqual } from "node:crypto";

/** The name and key of the connection string. Public: the broker listens on this machine alone. */
export const SHARED_ACCESS_KEY_NAME = "RootManageSharedAccessKey";

/** See SHARED_ACCESS_KEY_NAME: a constant, so that clients keep working when the broker restarts. */
export const SHARED_ACCESS_KEY = "ZW1iZWRkZWQtc2VydmljZS1idXMta2V5LW5vdC1hLXNlY3JldA==";

/** An escape that is none makes no valid signature. */
function unescaped(signature: string): string {
  try {
    return decodeURIComponent(signature);
  } catch {
    return "";
  }
}

/** Why a shared access signature token is not accepted, or undefined when it is. */
export function sasProblem(token: string, now: number): string | undefined {
  const match = /^SharedAccessSignature (.*)$/.exec(token);
  if (!match) return "The token is not a shared access signature; the embedded Service Bus knows no other.";
  const fields = new Map(
    match[1]!.split("&").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const [resource, expiry, signature] = [fields.get("sr"), fields.get("se"), fields.get("sig")];
  if (!resource || !expiry || !signature) return "The shared access signature is incomplete.";
  if (fields.get("skn") !== SHARED_ACCESS_KEY_NAME) return "The shared access key name is unknown.";
  const expected = createHmac("sha256", SHARED_ACCESS_KEY).update(`${resource}\n${expiry}`).digest();
  const given = Buffer.from(unescaped(signature), "base64");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return "The token has an invalid signature.";
  }
  return Number(expiry) * 1000 > now ? undefined : "The token has expired.";
}
