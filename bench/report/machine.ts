import { availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";

/** One line on the machine that the figures come from. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]?.toFixed(2) ?? "?";
  return `${availableParallelism()} × ${model}, ${memory} GiB, ${platform()} ${release()}, Node ${process.version}, load ${load}`;
}
