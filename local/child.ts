/**
 * What a process of the embedded stack says to the one that started it: one message when it serves, and
 * a clean stop on SIGINT, SIGTERM or when its parent is gone (so that no child outlives a killed stack).
 */

/** Tells the parent that this process serves, with what the parent must know (ports, addresses). */
export function announceReady(info: Record<string, unknown>): void {
  if (process.send) process.send({ ready: info });
  else process.stdout.write(`${JSON.stringify(info)}\n`);
}

/** Runs `stop` once, at the first sign that this process should end, and then exits with code 0. */
export function onShutdown(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  if (process.send) process.on("disconnect", end);
}
