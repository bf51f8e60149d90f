import { parseArgs } from "node:util";
import { runOutage } from "./outage.ts";
import { textTable } from "./report/table.ts";
import { runSoak } from "./soak/runSoak.ts";
import type { SoakOptions } from "./soak/runSoak.ts";
import { withStack } from "./stack/withStack.ts";

const usage = `npm run soak                       20,000 events, 5 kills of the functions, 2 of the broker
npm run soak -- --outage           storage away for 30 s under load, then the broker
  --events N  --kills N (of the functions)  --broker-kills N  --storage-outages N  --seed TEXT
  --seconds N (with --outage: the length of each)`;

const limitMs = 15 * 60_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: "string", default: "20000" },
      kills: { type: "string", default: "5" },
      "broker-kills": { type: "string", default: "2" },
      "storage-outages": { type: "string", default: "0" },
      seed: { type: "string", default: "1" },
      outage: { type: "boolean", default: false },
      seconds: { type: "string", default: "30" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const say = (text: string) => console.log(text);
  const options: SoakOptions = {
    events: Number(values.events),
    kills: {
      functions: Number(values.kills),
      broker: Number(values["broker-kills"]),
      storage: Number(values["storage-outages"]),
      last: "functions",
    },
    seed: values.seed,
  };
  const { problems, figures } = await withStack(limitMs, (running) =>
    values.outage
      ? runOutage(running, { seconds: Number(values.seconds) }, say)
      : runSoak(running, options, say),
  );
  console.log(`\n${textTable(figures)}`);
  if (problems.length === 0) return console.log("\nEverything agrees.");
  console.log(`\n${problems.length} problems:\n${problems.slice(0, 50).join("\n")}`);
  process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
