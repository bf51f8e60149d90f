import { sendAtRate } from "../load/fixedRate.ts";
import type { Stamp } from "../load/stamp.ts";
import { createVisibility } from "./visibility.ts";

/** A part of a load: an organization's webhooks at a rate, watched until they are visible or only sent. */
export interface Stream {
  organizationId: string;
  stamp: Stamp;
  perSecond: number;
  watched: boolean;
}

/**
 * Times in milliseconds from sending a webhook until its event can be read, over the watched streams of a load at fixed
 * rates. Counted from the moment when the webhook was due, so that a stall is seen in all that wait behind it.
 */
export async function webhookToVisible(options: {
  port: number;
  storage: string;
  seconds: number;
  streams: readonly Stream[];
  signal: AbortSignal;
}): Promise<number[]> {
  const { port, storage, seconds, signal } = options;
  const visibility = createVisibility(storage);
  const times: number[] = [];
  const watching: Promise<void>[] = [];
  let refused = 0;

  async function watch(organizationId: string, body: string, dueAt: number): Promise<void> {
    const { eventId } = JSON.parse(body) as { eventId: string };
    times.push((await visibility.seen(organizationId, eventId, signal)) - dueAt);
  }

  try {
    await Promise.all(
      options.streams.map(({ organizationId, stamp, perSecond, watched }) => {
        let left = Math.ceil(perSecond * seconds);
        return sendAtRate({
          port,
          perSecond,
          signal,
          next: () => (left-- > 0 ? { request: stamp.nextRequest() } : undefined),
          onSent({ answer, dueAt }) {
            if (answer?.status !== 202) refused += 1;
            else if (watched) watching.push(watch(organizationId, answer.body, dueAt));
          },
        });
      }),
    );
    await Promise.all(watching);
  } finally {
    visibility.close();
  }
  if (refused > 0) throw new Error(`${refused} webhooks were not accepted while latency was measured.`);
  return times;
}
