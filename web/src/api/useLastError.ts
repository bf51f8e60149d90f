import { useState } from "react";

/**
 * The last error of something that is read again and again, until it can be read. Without this the error would go
 * from the screen each time another try begins.
 */
export function useLastError(query: { error: Error | null; isSuccess: boolean }): Error | null {
  const [last, setLast] = useState<Error | null>(null);
  const next = query.isSuccess ? null : (query.error ?? last);
  if (next !== last) setLast(next);
  return query.error ?? next;
}
