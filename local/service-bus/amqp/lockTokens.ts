/** Positions of a GUID's bytes as .NET writes them, by their positions in network order; its own inverse. */
const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** The AMQP uuid (network order) of a lock token, which is a GUID in .NET order. */
export function tokenToUuid(token: string): Buffer {
  return reorder(Buffer.from(token, "latin1"));
}

/** The lock token of an AMQP uuid. */
export function uuidToToken(uuid: Buffer): string {
  return reorder(uuid).toString("latin1");
}

function reorder(bytes: Buffer): Buffer {
  return Buffer.from(GUID_ORDER.map((position) => bytes[position] ?? 0));
}
