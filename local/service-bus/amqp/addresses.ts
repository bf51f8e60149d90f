/** What a client's address means. */
export type Address = {
  /** The entity, dead-letter sub-queue included: "orders", "orders/$DeadLetterQueue". */
  readonly entity: string;
  readonly kind: "entity" | "management" | "cbs";
};

const SCHEME_AND_HOST = /^(?:amqps?|sb|https?):\/\/[^/]*\//i;
const MANAGEMENT = /\/\$management$/i;

/** Reads an address as clients write it: with or without scheme, host and leading slash. */
export function parseAddress(address: string): Address {
  const path = address.replace(SCHEME_AND_HOST, "").replace(/^\/+|\/+$/g, "");
  if (path === "$cbs") return { entity: path, kind: "cbs" };
  if (MANAGEMENT.test(path)) return { entity: path.replace(MANAGEMENT, ""), kind: "management" };
  return { entity: path, kind: "entity" };
}
