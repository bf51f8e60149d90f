import type { InvocationContext } from "@azure/functions";
import { outcomeCatalogue } from "../../contracts/outcomes.ts";
import type { FieldChange } from "../../contracts/portal.ts";
import type { ReplayPreview } from "../../contracts/replays.ts";
import type { StoredOrganization } from "../../organizations/storedOrganization.ts";
import { sameValue } from "../../records/fieldValue.ts";
import type { FieldValue } from "../../records/fieldValue.ts";
import { mergeChange } from "../../records/mergeChange.ts";
import { internalId } from "../../records/record.ts";
import type { PlatformRecord, RecordChange } from "../../records/record.ts";
import { readRecord } from "../../records/recordStore.ts";
import { understand, understandRow } from "../understand.ts";
import type { Understood } from "../understood.ts";
import { orderOf } from "./replayRows.ts";
import type { ReplayServices } from "./replayServices.ts";
import type { StoredEvent } from "./storedEvents.ts";
import { whyLeft } from "./whyLeft.ts";

/** What an event would come to: with the changes from now, and those that the log would name. */
type Verdict = Pick<ReplayPreview, "after" | "code" | "message" | "changes"> & { logged: FieldChange[] };
export type PreviewServices = Pick<
  ReplayServices,
  "clock" | "oversize" | "mappings" | "recordTable" | "readRow" | "syncLog" | "recordEvents"
>;

/**
 * What would become of these events if they ran now, the older version of a record first, each on the records as the
 * ones before it would leave them. Writes nothing; rows that an event does not carry are read from Dynamics.
 */
export async function previewEvents(
  services: PreviewServices,
  organization: StoredOrganization,
  events: readonly StoredEvent[],
  context: Pick<InvocationContext, "info" | "warn" | "error" | "invocationId">,
): Promise<ReplayPreview[]> {
  const mappings = await services.mappings.of(organization.id);
  const reading = { oversize: services.oversize, mappings, now: services.clock(), paused: false };
  const rows = { readRow: services.readRow, mappings };
  const read = await Promise.all(
    events.map(async (event) => {
      const asks = await understandRow(
        await understand(event.message, reading, context),
        organization,
        rows,
        context,
      );
      return { event, asks, order: orderFor(event, asks) };
    }),
  );
  const records = new Map<string, PlatformRecord | null>();
  const previews: ReplayPreview[] = [];
  for (const { event, asks } of read.toSorted((one, other) => (one.order < other.order ? -1 : 1))) {
    const { eventId, eventType, receivedAt, outcome: before, code } = event.detail;
    const { logged, ...verdict } = await judge(services, organization.id, records, asks);
    const left = whyLeft(event.detail, { outcome: verdict.after, code: verdict.code, changes: logged });
    const shown = left === null ? verdict : { ...verdict, after: before, code, message: left };
    previews.push({ eventId, eventType, receivedAt, before, ...shown });
  }
  return previews;
}

function orderFor({ message }: StoredEvent, { next, context }: Understood): string {
  const { receivedAt, eventId } = message;
  const [change] = "changes" in next ? next.changes : [];
  const time = change?.time ?? context?.operationCreatedAt ?? receivedAt;
  return orderOf({ pass: 1, time, rowVersion: change?.rowVersion ?? null, receivedAt, eventId });
}

/** As writing the records would judge, on copies. */
async function judge(
  { recordTable }: PreviewServices,
  organizationId: string,
  records: Map<string, PlatformRecord | null>,
  { next }: Understood,
): Promise<Verdict> {
  if ("decision" in next) {
    const { outcome: after, code, message } = next.decision;
    return { after, code, message, changes: [], logged: [] };
  }
  const changes: FieldChange[] = [];
  const logged: FieldChange[] = [];
  const codes: ReplayPreview["code"][] = [];
  for (const change of "changes" in next ? next.changes : []) {
    const key = `${change.kind}|${change.externalId.toLowerCase()}`;
    if (!records.has(key))
      records.set(key, await readRecord(recordTable, organizationId, change.kind, change.externalId));
    const present = records.get(key) ?? null;
    const id = internalId(organizationId, change.kind, change.externalId);
    const { record, outcome, changes: named } = mergeChange(present, change, id);
    records.set(key, record);
    logged.push(...named);
    changes.push(...differences(present, record, change));
    codes.push(outcome.code);
  }
  if (codes.includes(null)) return { after: "success", code: null, message: null, changes, logged };
  const code = codes[0] ?? "record.unchanged";
  return { after: "skipped", code, message: outcomeCatalogue[code].whatHappened, changes: [], logged };
}

/** What really differs from now: an event that ran already may name changes that are there since. */
function differences(
  present: PlatformRecord | null,
  then: PlatformRecord,
  change: RecordChange,
): FieldChange[] {
  const recordId = then.externalId;
  if (change.fields === null)
    return present?.deleted ? [] : [{ recordId, field: "deleted", old: false, new: true }];
  const valueIn = (record: PlatformRecord | null, field: string): FieldValue =>
    record && Object.hasOwn(record.fields, field) ? (record.fields[field]?.value ?? null) : null;
  return Object.keys(change.fields).flatMap((field) => {
    const [old, value] = [valueIn(present, field), valueIn(then, field)];
    return sameValue(old, value) ? [] : [{ recordId, field, old, new: value }];
  });
}
