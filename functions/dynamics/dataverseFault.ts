/**
 * Why Dataverse did not serve a request, as far as a caller can act on it.
 * - `notFound`: the row does not exist (any more). - `throttled`: it asks to slow down.
 * - `unavailable`: no answer, a fault of its own, or something else answered; a later try may help.
 * - `refused`: the sign-in, the rights, the address or the request is not accepted; trying again will not help.
 */
type DataverseFaultKind = "notFound" | "throttled" | "unavailable" | "refused";

/** Failure of a request to the Dataverse Web API. The message is a sentence for an administrator. */
export class DataverseFault extends Error {
  readonly kind: DataverseFaultKind;
  /** How long Dataverse asks to wait, in milliseconds; null when it does not say. */
  readonly retryAfterMs: number | null;
  /** What the other side said, in its own words, for those who know Dynamics; null when it said nothing. */
  readonly said: string | null;

  constructor(
    kind: DataverseFaultKind,
    message: string,
    retryAfterMs: number | null = null,
    cause?: unknown,
    said: string | null = null,
  ) {
    super(message, { cause });
    this.name = "DataverseFault";
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.said = said;
  }
}
