import { useState } from "react";

/**
 * The last error of something that is read again and again, until it can be read. Without this the error would go
 * from the screen each time another try begins. `key` names what is read: the error of another is forgotten.
 */
export function useLastError(query: { error: Error | null; isSuccess: boolean }, key: string): Error | null {
  const [last, setLast] = useState<{ key: string; error: Error } | null>(null);
  const kept = last?.key === key ? last.error : null;
  const error = query.isSuccess ? null : (query.error ?? kept);
  if (error !== kept) setLast(error && { key, error });
  return error;
}
