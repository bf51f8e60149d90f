import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Keeps secrets of organizations at rest: AES-256-GCM under the setting SECRETS_KEY. */
export interface Seal {
  /** The secret as a text that may be stored. `purpose` says whose it is and what for; only the same opens it. */
  seal(secret: string, purpose: string): string;
  /** Back from `seal`. Throws {@link SealFault} for another key or purpose, and for a text that was changed. */
  open(sealed: string, purpose: string): string;
}

/** A sealed text that does not open. The message holds nothing of it. */
export class SealFault extends Error {
  constructor(cause?: unknown) {
    super("A stored secret does not open: SECRETS_KEY is not the key that it was sealed with.", { cause });
    this.name = "SealFault";
  }
}

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;
/** Begins every sealed text, so that another way of sealing can be told from this one. */
const version = "1.";

/** Length of the key in bytes. */
export const secretsKeyBytes = 32;

/** `key` is the setting SECRETS_KEY: {@link secretsKeyBytes} random bytes in base64. */
export function createSeal(key: string): Seal {
  const secretKey = Buffer.from(key, "base64");
  return {
    seal(secret, purpose) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, secretKey, iv, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(purpose));
      const content = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return version + Buffer.concat([iv, cipher.getAuthTag(), content]).toString("base64url");
    },
    open(sealed, purpose) {
      if (!sealed.startsWith(version)) throw new SealFault();
      const bytes = Buffer.from(sealed.slice(version.length), "base64url");
      try {
        const decipher = createDecipheriv(algorithm, secretKey, bytes.subarray(0, ivBytes), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(purpose));
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const content = decipher.update(bytes.subarray(ivBytes + tagBytes));
        return Buffer.concat([content, decipher.final()]).toString("utf8");
      } catch (error) {
        throw new SealFault(error);
      }
    },
  };
}
