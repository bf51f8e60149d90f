import { ServiceBusClient } from "@azure/service-bus";
import { afterAll, beforeAll } from "vitest";

import type { QueueEntity } from "./entities.ts";
import { createManualClock, type ManualClock } from "./manualClock.ts";
import { type ServiceBus, startServiceBus } from "./start.ts";

/** A broker in memory with a clock of its own, and a client of the real SDK. */
type TestBus = { bus: ServiceBus; client: ServiceBusClient; clock: ManualClock };

/** A queue as tests want it unless they say otherwise. */
export function testQueue(name: string, settings: Partial<QueueEntity> = {}): QueueEntity {
  return { name, lockDurationSeconds: 60, maxDeliveryCount: 10, ...settings };
}

/**
 * Opens a client of the real SDK that does not retry: errors reach the test at once, with the code of the
 * service instead of a list of attempts.
 */
export function openClient(connectionString: string, timeoutInMs = 10_000): ServiceBusClient {
  return new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 0, timeoutInMs } });
}

/** Starts one broker for the tests of a file and stops it behind them. */
export function useTestBus(queues: QueueEntity[]): TestBus {
  const test = {} as TestBus;
  beforeAll(async () => {
    test.clock = createManualClock();
    test.bus = await startServiceBus({ port: 0, store: ":memory:", entities: { queues }, clock: test.clock });
    test.client = openClient(test.bus.connectionString);
  });
  afterAll(async () => {
    await test.client.close();
    await test.bus.close();
  });
  return test;
}
