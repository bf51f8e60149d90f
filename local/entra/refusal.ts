import type { Context } from "hono";

/** Why the issuer says no, as Entra says it. */
export type Refusal = {
  /** OAuth's word: `invalid_grant`, `login_required`, … */
  error: string;
  /** Entra's number, only where it is known from Entra itself. */
  code?: number;
  /** What MSAL goes by when it decides whether a new sign-in helps. */
  suberror?: "consent_required";
  /** The sentence, without the number. */
  message: string;
  /** HTTP status where it is not 400. */
  status?: 401;
};

/** Tells a refusal from an answer. */
export function isRefusal(value: object): value is Refusal {
  return "error" in value && "message" in value;
}

/** The sentence with Entra's number in front of it, where there is one. */
export function refusalText({ code, message }: Refusal): string {
  return code === undefined ? message : `AADSTS${code}: ${message}`;
}

/** The JSON body with which Entra's token endpoint refuses. */
export function refuse(c: Context, refusal: Refusal, now: number): Response {
  const trace = {
    trace_id: crypto.randomUUID(),
    correlation_id: c.req.header("client-request-id") ?? crypto.randomUUID(),
    timestamp: `${new Date(now).toISOString().slice(0, 19).replace("T", " ")}Z`,
  };
  return c.json(
    {
      error: refusal.error,
      error_description: `${refusalText(refusal)} Trace ID: ${trace.trace_id} Correlation ID: ${trace.correlation_id} Timestamp: ${trace.timestamp}`,
      error_codes: refusal.code === undefined ? [] : [refusal.code],
      ...trace,
      ...(refusal.suberror ? { suberror: refusal.suberror } : {}),
    },
    refusal.status ?? 400,
  );
}

/** The app registration is not known here. */
export function unknownApplication(clientId: string, tenantId: string): Refusal {
  return {
    error: "unauthorized_client",
    code: 700016,
    message: `Application with identifier '${clientId}' was not found in the directory '${tenantId}'.`,
  };
}
