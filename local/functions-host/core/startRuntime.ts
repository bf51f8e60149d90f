import type { Socket } from "node:net";
import { runAdminInput } from "../admin/adminInput.ts";
import { createAdminApi } from "../admin/adminApi.ts";
import { createHttpServer } from "../http/httpServer.ts";
import type { AskAll, FunctionLine, Share, StartMessage } from "../protocol.ts";
import type { ServiceBusSide, ServiceBusSideOptions } from "../service-bus/serviceBusSide.ts";
import { StartError } from "../startError.ts";
import { createScheduleMonitor } from "../timer/scheduleStatus.ts";
import { startTimers } from "../timer/startTimers.ts";
import type { AppFunction } from "./appFunctions.ts";
import { describeFunction } from "./describeFunction.ts";
import { HOST_VERSION, loadFunctions } from "./loadFunctions.ts";
import { createLog } from "./log.ts";
import { createShiftedClock } from "./shiftedClock.ts";
import { within } from "./within.ts";

/** The app, loaded and at work. */
export interface Runtime {
  functions: FunctionLine[];
  functionTimeoutMs: number | null;
  /** Moves the app's clock to be ahead of the real one by so much. */
  setClock: (offsetMs: number) => void;
  /** Serves a client's connection. */
  serve: (socket: Socket) => void;
  oldestInvocation: () => { functionName: string; runningMs: number } | null;
  /** Takes nothing new, lets invocations end for at most `patienceMs`, closes everything. */
  stop: (patienceMs: number) => Promise<void>;
}

/**
 * Loads the app and sets it to work. Files of the app that were read go into `files` also when this fails.
 * `askAll` puts a question to every process of the app.
 */
export async function startRuntime(
  start: StartMessage,
  files: Set<string>,
  askAll: AskAll,
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
  const listening = listeningIn(start.share, functions);
  const serviceBus = await startServiceBus(functions, {
    listening,
    settings: host.serviceBus,
    invoker,
    log,
    includeEmpty,
  });
  const run = { invoker, log, sendOutputs: serviceBus.sendOutputs };

  /** Runs that the admin API began; it answers before they end. */
  const byHand = new Set<Promise<void>>();
  const admin = createAdminApi({
    functions,
    routePrefix: host.http.routePrefix,
    version: HOST_VERSION,
    run(appFunction, input) {
      const running = runAdminInput(run, monitor, clock.now, appFunction, input);
      byHand.add(running);
      void running.finally(() => byHand.delete(running));
    },
    askAll,
  });
  const server = createHttpServer({ app, start, admin, log, sendOutputs: run.sendOutputs });
  const timers = startTimers(listening, run, monitor, clock.now);

  return {
    functions: functions.map((item) => describeFunction(item, host.http.routePrefix)),
    functionTimeoutMs: Number.isFinite(host.functionTimeoutMs) ? host.functionTimeoutMs : null,
    setClock(offsetMs) {
      clock.setOffset(offsetMs);
      for (const timer of timers) timer.reschedule();
    },
    serve: server.serve,
    oldestInvocation() {
      const [oldest] = invoker.running;
      if (!oldest) return null;
      return { functionName: oldest.functionName, runningMs: performance.now() - oldest.startedAt };
    },
    async stop(patienceMs) {
      const work = [server.stop(), serviceBus.stop(), ...timers.map((timer) => timer.stop()), ...byHand];
      await within(patienceMs, Promise.allSettled(work));
      await within(1000, app.terminate());
      await within(1000, serviceBus.close());
    },
  };
}

/** The functions whose queues and timers this process listens to. */
function listeningIn({ apart, part }: Share, functions: AppFunction[]): AppFunction[] {
  if (apart === null) return functions;
  if (part === "http") return [];
  if (part === "others") return functions.filter(({ name }) => !apart.includes(name));
  const own = functions.filter(({ name }) => name === part);
  if (own.length === 0) throw new StartError(`No function is named '${part}', which was to run apart.`);
  return own;
}

/**
 * A process without Service Bus starts without its client library, whose loading takes a third of a second. Outputs
 * of every function count: requests and the admin API run functions that this process does not listen for.
 */
async function startServiceBus(
  functions: AppFunction[],
  options: ServiceBusSideOptions,
): Promise<ServiceBusSide> {
  const used =
    functions.some(({ outputs }) => outputs.length > 0) ||
    options.listening.some(({ trigger }) => trigger.type === "serviceBus");
  if (!used) return { sendOutputs: async () => {}, stop: async () => {}, close: async () => {} };
  const { startServiceBusSide } = await import("../service-bus/serviceBusSide.ts");
  return startServiceBusSide(options);
}
