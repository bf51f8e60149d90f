import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  base64url,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from "jose";

/** What the issuer signs and seals with. */
export type Keys = {
  /** Signs access and id tokens (RS256). */
  signing: CryptoKey;
  /** The public half with its `kid`, as the JWKS endpoint serves it. */
  publicJwk: JWK & { kid: string };
  /** Seals what only the issuer itself reads: codes, refresh tokens, session cookies. 32 bytes. */
  sealing: Uint8Array;
};

type KeyFile = { signing: JWK; sealing: string };

/** New keys that nothing but this process knows. */
export async function generateKeys(): Promise<Keys> {
  return readKeys(await newKeyFile());
}

/**
 * The keys kept in `path`; makes the file on first use. With the same file a restarted issuer still
 * honours the sessions and tokens of the one before. Rejects when the file exists and is not a key file.
 */
export async function loadKeys(path: string): Promise<Keys> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) {
    const created = await newKeyFile();
    await mkdir(dirname(path), { recursive: true });
    // Written aside and renamed: an interrupted start leaves no half a key behind.
    await writeFile(`${path}.new`, JSON.stringify(created), { mode: 0o600 });
    await rename(`${path}.new`, path);
    return readKeys(created);
  }
  try {
    return await readKeys(JSON.parse(text) as KeyFile);
  } catch (cause) {
    throw new Error(
      `${path} does not hold the sign-in keys. Delete it: a new one is made at the next start.`,
      {
        cause,
      },
    );
  }
}

async function newKeyFile(): Promise<KeyFile> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    signing: await exportJWK(privateKey),
    sealing: base64url.encode(crypto.getRandomValues(new Uint8Array(32))),
  };
}

async function readKeys({ signing, sealing }: KeyFile): Promise<Keys> {
  const { kty, n, e } = signing;
  const kid = await calculateJwkThumbprint(signing);
  return {
    signing: (await importJWK(signing, "RS256")) as CryptoKey,
    publicJwk: { kty: kty!, n: n!, e: e!, kid, use: "sig", alg: "RS256" },
    sealing: base64url.decode(sealing),
  };
}
