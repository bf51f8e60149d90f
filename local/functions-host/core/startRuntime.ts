import type { Socket } from "node:net";
import { runAdminInput } from "../admin/adminInput.ts";
import { createAdminApi } from "../admin/adminApi.ts";
import { createHttpServer } from "../http/httpServer.ts";
import type { FunctionLine, StartMessage } from "../protocol.ts";
import type { ServiceBusSide, ServiceBusSideOptions } from "../service-bus/serviceBusSide.ts";
import { createScheduleMonitor } from "../timer/scheduleStatus.ts";
import { startTimers } from "../timer/startTimers.ts";
import { describeFunction } from "./describeFunction.ts";
import { HOST_VERSION, loadFunctions } from "./loadFunctions.ts";
import { createLog } from "./log.ts";
import { createShiftedClock } from "./shiftedClock.ts";
import { within } from "./within.ts";

/** The app, loaded and at work. */
export interface Runtime {
  functions: FunctionLine[];
  functionTimeoutMs: number | null;
  /** Serves a client's connection. */
  serve: (socket: Socket) => void;
  oldestInvocation: () => { functionName: string; runningMs: number } | null;
  /** Takes nothing new, lets invocations end for at most `patienceMs`, closes everything. */
  stop: (patienceMs: number) => Promise<void>;
}

/**
 * Loads the app and sets it to work. Files of the app that were read go into `files` also when this fails.
 * `onClock` hears about every shift of the clock, in milliseconds.
 */
export async function startRuntime(
  start: StartMessage,
  files: Set<string>,
  onClock: (offsetMs: number) => void,
): Promise<Runtime> {
  const clock = createShiftedClock(start.clockOffsetMs);
  const print = {
    out: (text: string) => process.stdout.write(text),
    error: (text: string) => process.stderr.write(text),
  };
  const log = createLog(print, clock.now);
  const app = await loadFunctions(start.appDirectory, files, log, clock.Date);
  const { functions, host, invoker } = app;
  const monitor = createScheduleMonitor(start.stateDirectory ?? undefined);
  const includeEmpty = app.capabilities["IncludeEmptyEntriesInMessagePayload"]?.toLowerCase() === "true";
  const serviceBus = await startServiceBus({
    functions,
    settings: host.serviceBus,
    invoker,
    log,
    includeEmpty,
  });
  const run = { invoker, log, sendOutputs: serviceBus.sendOutputs };

  const admin = createAdminApi({
    functions,
    routePrefix: host.http.routePrefix,
    version: HOST_VERSION,
    run: (appFunction, input) => void runAdminInput(run, monitor, clock.now, appFunction, input),
    setClock(now) {
      clock.set(now);
      for (const timer of timers) timer.reschedule();
      onClock(clock.offsetMs());
      return { now: clock.now(), offsetMs: clock.offsetMs() };
    },
  });
  const server = createHttpServer({ app, start, admin, log, sendOutputs: run.sendOutputs });
  const timers = startTimers(functions, run, monitor, clock.now);

  return {
    functions: functions.map((item) => describeFunction(item, host.http.routePrefix)),
    functionTimeoutMs: Number.isFinite(host.functionTimeoutMs) ? host.functionTimeoutMs : null,
    serve: server.serve,
    oldestInvocation() {
      const [oldest] = invoker.running;
      if (!oldest) return null;
      return { functionName: oldest.functionName, runningMs: performance.now() - oldest.startedAt };
    },
    async stop(patienceMs) {
      const work = [server.stop(), serviceBus.stop(), ...timers.map((timer) => timer.stop())];
      await within(patienceMs, Promise.allSettled(work));
      await within(1000, app.terminate());
      await within(1000, serviceBus.close());
    },
  };
}

/** An app without Service Bus starts without its client library, whose loading takes a third of a second. */
async function startServiceBus(options: ServiceBusSideOptions): Promise<ServiceBusSide> {
  const used = options.functions.some(
    ({ trigger, outputs }) => trigger.type === "serviceBus" || outputs.length > 0,
  );
  if (!used) return { sendOutputs: async () => {}, stop: async () => {}, close: async () => {} };
  const { startServiceBusSide } = await import("../service-bus/serviceBusSide.ts");
  return startServiceBusSide(options);
}
