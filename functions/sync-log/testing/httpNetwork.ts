import type { TableClient } from "@azure/data-tables";

type Policy = Parameters<TableClient["pipeline"]["addPolicy"]>[0];
type Send = Parameters<Policy["sendRequest"]>[1];
type Answer = Awaited<ReturnType<Send>>;

/** What befalls one HTTP request; `late`: it is under way when the caller has given up. */
type HttpFault = "none" | "lostRequest" | "lostAnswer" | "late" | "busy";

/** All but `none`, to choose from. */
export const httpFaults: readonly HttpFault[] = ["lostRequest", "lostAnswer", "late", "busy"];

/** What went over the wire of one client. */
interface Wire {
  /** Requests so far. */
  requests(): number;
  /** Resolves when no late request is under way any more. */
  settled(): Promise<void>;
}

/** Puts a bad network between a table client and its service, and counts the requests. */
export function tapWire(client: TableClient, fault: () => HttpFault = () => "none"): Wire {
  let requests = 0;
  const late = new Set<Promise<unknown>>();
  client.pipeline.addPolicy(
    {
      name: "badNetwork",
      async sendRequest(request, next): Promise<Answer> {
        requests += 1;
        const what = fault();
        if (what === "none") return next(request);
        if (what === "busy") return { request, status: 503, headers: request.headers, bodyAsText: "" };
        if (what === "lostAnswer") await next(request);
        if (what === "late") {
          const underWay = next(request).catch(() => null);
          late.add(underWay);
          void underWay.then(() => late.delete(underWay));
        }
        throw new Error(`The network failed (${what}).`);
      },
    },
    { afterPhase: "Sign" },
  );
  return {
    requests: () => requests,
    settled: async () => void (await Promise.all(late)),
  };
}
