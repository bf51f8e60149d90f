import { toStorageFault } from "./classify.ts";
import { StorageFault } from "./table.ts";

/**
 * Sends a request to storage. Throws {@link StorageFault}; one without an answer within `timeoutMs` is given up and ends
 * as `ambiguous`.
 */
export async function request<T>(
  timeoutMs: number,
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await send(AbortSignal.timeout(timeoutMs));
  } catch (error) {
    if ((error as Error).name !== "AbortError") throw toStorageFault(error);
    const message = `Storage did not answer within ${timeoutMs / 1000} s.`;
    throw new StorageFault("ambiguous", null, message, error);
  }
}
