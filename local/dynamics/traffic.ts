import { parseArguments, usage } from "./traffic/arguments.ts";
import { findOrganization, runningStack, signIn } from "./traffic/connect.ts";
import { runTraffic } from "./traffic/run.ts";

/** `npm run dynamics`: makes believable changes in a running sample organization, at a steady rate. */
async function main(): Promise<void> {
  const options = parseArguments(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(usage);
    return;
  }
  const dynamicsUrl = runningStack(process.env["PORTAL_SYNC_STATE"] ?? ".local");
  const organization = await findOrganization(dynamicsUrl, options.organization);
  const token = await signIn(dynamicsUrl);
  await runTraffic({
    ...options,
    dynamicsUrl,
    organization,
    token,
    print: (line) => void process.stdout.write(line),
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
