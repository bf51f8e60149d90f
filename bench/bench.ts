import { parseArgs } from "node:util";
import { fullSize, quickSize } from "./measure/benchSize.ts";
import { measureLatency, measureNoisy, measureThroughput } from "./measure/figures.ts";
import { plainReceiver } from "./measure/plainReceiver.ts";
import { benchReport } from "./report/benchReport.ts";
import { describeMachine } from "./report/machine.ts";
import { withStack } from "./stack/withStack.ts";

const usage = `npm run bench              about eight minutes
npm run bench -- --quick   under a minute and a half, for a first look`;

const limitMs = 10 * 60_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const size = values.quick ? quickSize : fullSize;
  const began = Date.now();
  const say = (step: string) =>
    console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(3)} s] ${step} …`);
  const machine = describeMachine();
  say("Starting Portal Sync and the plain receiver, each on a stack of its own");
  const throughput = await withStack(
    limitMs,
    (baseline) => withStack(limitMs, (portal) => measureThroughput(portal, baseline, size, say)),
    plainReceiver,
  );
  say("Starting Portal Sync anew: Azurite grows slower with every row it holds");
  const latency = await withStack(limitMs, (portal) => measureLatency(portal, size, say));
  say("Starting Portal Sync anew");
  const noisy = await withStack(limitMs, (portal) => measureNoisy(portal, size, say));
  console.log(`\n${benchReport({ machine, ...throughput, ...latency, ...noisy })}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
