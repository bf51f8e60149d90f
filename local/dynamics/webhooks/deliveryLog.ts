import type { Attempt } from "./deliver.ts";
import type { WebhookJob } from "./job.ts";

/** What became of a delivery so far. */
type DeliveryState = "waiting" | "delivered" | "failed";

/** One delivery as the page and tests see it. */
export type Delivery = Omit<WebhookJob, "body" | "endpointId" | "autoDelete"> & {
  state: DeliveryState;
  attempts: Attempt[];
};

/** How many deliveries had which end since this process began. */
export type DeliveryCounts = Record<DeliveryState, number>;

/** The newest deliveries of an environment, kept in memory, and exact counts of all of them. */
export type DeliveryLog = {
  add: (job: WebhookJob) => void;
  finish: (job: WebhookJob, state: "delivered" | "failed", attempts: Attempt[]) => void;
  /** Newest first. */
  recent: () => Delivery[];
  counts: () => DeliveryCounts;
  /** Rises with every change: tells a page whether it must be drawn again. */
  revision: () => number;
};

const KEPT = 200;

/** Starts an empty log. */
export function deliveryLog(): DeliveryLog {
  const entries = new Map<string, Delivery>();
  const counts: DeliveryCounts = { waiting: 0, delivered: 0, failed: 0 };
  let revision = 0;
  return {
    add: ({ body: _body, endpointId: _endpoint, autoDelete: _autoDelete, ...job }) => {
      entries.set(job.id, { ...job, state: "waiting", attempts: [] });
      const oldest = entries.keys().next();
      if (entries.size > KEPT && !oldest.done) entries.delete(oldest.value);
      counts.waiting += 1;
      revision += 1;
    },
    finish: (job, state, attempts) => {
      const entry = entries.get(job.id);
      if (entry) entries.set(job.id, { ...entry, state, attempts });
      counts.waiting -= 1;
      counts[state] += 1;
      revision += 1;
    },
    recent: () => [...entries.values()].toReversed(),
    counts: () => ({ ...counts }),
    revision: () => revision,
  };
}
