import type { Broker } from "../broker.ts";
import { sasProblem } from "./sas.ts";
import { types } from "./rhea.ts";

/** A request on a request-response link, as rhea decodes it. */
export type Request = {
  message_id?: unknown;
  reply_to?: string;
  body?: unknown;
  application_properties?: Record<string, unknown>;
};

/**
 * Answers a put-token request (claims-based security, the address $cbs). `authorize` is called when the
 * token is good.
 */
export function answerPutToken(
  broker: Broker,
  request: Request,
  authorize: () => void,
): Record<string, unknown> {
  const fault = broker.faults.take("cbs", "$cbs");
  const problem = fault ? fault.description : sasProblem(String(request.body), Date.now());
  if (problem === undefined) authorize();
  return {
    correlation_id: request.message_id,
    application_properties: {
      "status-code": types.wrap_int(problem === undefined ? 202 : 401),
      "status-description": problem ?? "Accepted",
    },
  };
}
