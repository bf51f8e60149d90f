/** Waits for `work`, but not longer than `milliseconds`; whatever becomes of it then, or fails, is ignored. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    await Promise.race([work, timeout]);
  } catch {
    // The caller is on its way out and has nothing better to do than to go on.
  } finally {
    clearTimeout(timer);
  }
}
