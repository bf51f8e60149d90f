/** How long and how much the benchmark measures. */
export interface BenchSize {
  connections: number[];
  warmSeconds: number;
  /** How often what is compared is measured, in turn. */
  rounds: number;
  /** Of each round. */
  receiveSeconds: number;
  idleSeconds: number;
  /** Of each figure under load. */
  loadSeconds: number;
  /** Of each round beside a noisy organization, and of each alone. */
  noisySeconds: number;
  /** Events in a prefilled queue. */
  backlog: number;
  /** Events whose operations are counted. */
  countedEvents: number;
}

/** About eight minutes; the p99 of the rarest events stands on a few hundred samples. */
export const fullSize: BenchSize = {
  connections: [1, 16, 64],
  warmSeconds: 6,
  rounds: 4,
  receiveSeconds: 3,
  idleSeconds: 40,
  loadSeconds: 24,
  noisySeconds: 22,
  backlog: 4_000,
  countedEvents: 3_000,
};

/** Under a minute and a half: enough to see whether something is badly wrong. */
export const quickSize: BenchSize = {
  connections: [1, 16, 64],
  warmSeconds: 2,
  rounds: 1,
  receiveSeconds: 2,
  idleSeconds: 8,
  loadSeconds: 8,
  noisySeconds: 6,
  backlog: 600,
  countedEvents: 600,
};
