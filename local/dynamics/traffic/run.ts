import { seededRandom } from "../seed/random.ts";
import type { TrafficOptions } from "./arguments.ts";
import { officeWork, readRows } from "./changes.ts";
import { deliveriesDone } from "./connect.ts";
import type { RunningOrganization } from "./connect.ts";
import { atPace } from "./pace.ts";
import { RefusedRequest, webApiClient } from "./webApiClient.ts";

/** A run of traffic against a signed-in organization. */
type TrafficRun = Omit<TrafficOptions, "organization"> & {
  dynamicsUrl: string;
  organization: RunningOrganization;
  token: string;
  print: (line: string) => void;
};

/** What a run came to. */
type TrafficResult = { changes: number; refused: number; delivered: number; failed: number };

const PROGRESS_EVERY_MS = 1000;

/** Makes the changes at the asked rate, waits for the webhooks, and prints progress and the result. */
export async function runTraffic(run: TrafficRun): Promise<TrafficResult> {
  const { organization, rate, count, print } = run;
  const client = webApiClient(organization.environmentUrl, run.token);
  const change = officeWork(client, await readRows(client), seededRandom(run.seed));
  print(`${count} changes in ${organization.name}, ${rate} per second.\n`);

  let [done, refused] = [0, 0];
  const start = performance.now();
  const progress = setInterval(() => print(`  ${done} of ${count}\n`), PROGRESS_EVERY_MS);
  try {
    await atPace(run, async (number) => {
      await change(number).catch((error: unknown) => {
        if (!(error instanceof RefusedRequest)) throw error;
        refused += 1;
      });
      done += 1;
    });
  } finally {
    clearInterval(progress);
  }
  print("All changes are made; waiting for the last webhooks to be answered.\n");
  const { deliveries } = await deliveriesDone(run.dynamicsUrl, organization.id);
  const result = {
    changes: done - refused,
    refused,
    delivered: deliveries.delivered - organization.deliveries.delivered,
    failed: deliveries.failed - organization.deliveries.failed,
  };
  print(summary(organization, result, (performance.now() - start) / 1000));
  return result;
}

function summary(organization: RunningOrganization, result: TrafficResult, seconds: number): string {
  const { changes, refused, delivered, failed } = result;
  const lines = [
    `${changes} changes made in ${seconds.toFixed(1)} s.`,
    `Webhooks sent by ${organization.name} meanwhile: ${delivered + failed}, accepted ${delivered}, failed ${failed}.`,
  ];
  if (refused > 0) lines.push(`${refused} changes were refused by the environment.`);
  if (failed > 0) lines.push(`Failed deliveries are final. See them at ${organization.environmentUrl}`);
  return lines.map((line) => `${line}\n`).join("");
}
