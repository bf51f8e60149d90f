import { stableGuid } from "../../local/dynamics/data/guid.ts";
import { seededRandom } from "../../local/dynamics/seed/random.ts";
import type { Random } from "../../local/dynamics/seed/random.ts";
import type { SampleOrganization } from "../../local/stack/sampleOrganizations.ts";
import { prepareWebhook } from "../load/webhook.ts";
import type { PreparedWebhook } from "../load/webhook.ts";

/** What an event does to its member. `faulty` and `unmapped` events change nothing. */
type Effect = "create" | "update" | "delete" | "faulty" | "unmapped";

/** An event of the soak, with what has to come of it. */
export interface SoakEvent extends PreparedWebhook {
  effect: Effect;
  /** External id of the member. */
  member: string;
  /** When the row was written in Dynamics; milliseconds since 1970 UTC, whole seconds. */
  modifiedAt: number;
  /** Columns of the contact that the event sets. */
  columns: Readonly<Record<string, string | null>>;
}

/** The events, and the order in which they are sent: 20 % of them twice, the copy at once or much later. */
export interface SoakPlan {
  events: SoakEvent[];
  deliveries: SoakEvent[];
}

const membersPerOrganization = 300;
const hour = 3_600_000;

/** The plan of a soak; the same seed gives the same events in the same order. */
export function planSoak(
  count: number,
  seed: string,
  organizations: readonly SampleOrganization[],
  now: number,
): SoakPlan {
  const random = seededRandom(seed);
  const events = Array.from({ length: count }, (_, index) => {
    const organization = organizations[index % organizations.length] as SampleOrganization;
    return makeEvent({ organization, index, count, seed, random, now });
  });
  return { events, deliveries: withDuplicates(events, random) };
}

function makeEvent(options: {
  organization: SampleOrganization;
  index: number;
  count: number;
  seed: string;
  random: Random;
  now: number;
}): SoakEvent {
  const { organization, index, count, seed, random, now } = options;
  const effect = chooseEffect(random);
  const number = random.below(membersPerOrganization);
  // Only every tenth member can be deleted: a deletion is for ever, and most members should stay to be compared.
  const member = stableGuid(
    "soak",
    organization.id,
    String(effect === "delete" ? number - (number % 10) : number),
  );
  const modifiedAt = modifiedOf(index / count, random, now);
  const columns = columnsOf(effect, index, random);
  const webhook = prepareWebhook(organization, {
    table: effect === "unmapped" ? "task" : "contact",
    message: effect === "create" ? "Create" : effect === "delete" ? "Delete" : "Update",
    id: member,
    ...(effect === "delete" ? {} : { attributes: columns }),
    modifiedOn: new Date(modifiedAt),
    operationId: stableGuid(seed, "operation", String(index)),
    correlationId: stableGuid(seed, "correlation", String(index)),
    requestId: stableGuid(seed, "request", String(index)),
    stepId: stableGuid("soak", "step"),
  });
  return { ...webhook, effect, member, modifiedAt, columns };
}

/**
 * Changes come roughly in their order, as from Dynamics, with some that were overtaken. They share few different seconds,
 * so that often the event's id has to decide.
 */
function modifiedOf(progress: number, random: Random, now: number): number {
  const slot = Math.floor(progress * 800) + random.below(100);
  return Math.floor(now / 1000) * 1000 - hour + slot * 4000;
}

function chooseEffect(random: Random): Effect {
  const share = random.next();
  if (share < 0.003) return "delete";
  if (share < 0.05) return "create";
  if (share < 0.09) return "faulty";
  return share < 0.13 ? "unmapped" : "update";
}

function columnsOf(effect: Effect, index: number, random: Random): SoakEvent["columns"] {
  if (effect === "delete") return {};
  if (effect === "faulty") return { emailaddress1: "not known" };
  if (effect === "unmapped") return { subject: `Task ${index}` };
  const columns: Record<string, string | null> = {
    telephone1: random.chance(0.1) ? null : `+49 30 ${100_000 + index}`,
    address1_city: random.pick(["Berlin", "København", "Łódź", "Zürich", "Málaga"]),
    emailaddress1: `member.${index}@example.org`,
    jobtitle: `Role ${index % 97}`,
  };
  // At least one column, and not always the same ones: that is where last-writer-wins has to decide by field.
  const names = Object.keys(columns).filter(() => effect === "create" || random.chance(0.6));
  return Object.fromEntries(
    (names.length > 0 ? names : ["jobtitle"]).map((name) => [name, columns[name] ?? null]),
  );
}

function withDuplicates(events: readonly SoakEvent[], random: Random): SoakEvent[] {
  const order: { at: number; event: SoakEvent }[] = [];
  for (const [index, event] of events.entries()) {
    order.push({ at: index, event });
    if (!random.chance(0.2)) continue;
    const atOnce = random.chance(0.5);
    order.push({ at: atOnce ? index + 0.5 : index + 1 + random.below(events.length), event });
  }
  return order.toSorted((a, b) => a.at - b.at).map(({ event }) => event);
}
