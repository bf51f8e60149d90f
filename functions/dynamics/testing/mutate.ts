import * as fc from "fast-check";
import { choice, date, entity, reference, rowBody } from "./body.ts";
import { sample, sampleNames } from "./samples.ts";

const id = "11111111-aaaa-4aaa-8aaa-000000000001";
const built = rowBody(
  "Update",
  "contact",
  id,
  { firstname: "Ada", statecode: choice(1), parentcustomerid: reference("account", id), modifiedon: date(1) },
  { PreEntityImages: [{ key: "PreImage", value: entity("contact", id, { firstname: "Eve" }) }] },
);
const bodies: unknown[] = [built, ...sampleNames().map((name) => JSON.parse(sample(name)) as unknown)];

/** Words that mean something to the parser, where they do not belong. */
const word = fc.constantFrom(
  ..."__type __value __proto__ Value Id LogicalName Attributes Entities key value".split(" "),
  ..."Target Targets constructor toString none /Date(8640000000000001)/ /Date(1+9999)/".split(" "),
  id,
);
const anything = fc.oneof({ weight: 3, arbitrary: fc.jsonValue() }, { weight: 1, arbitrary: word });

interface Mutation {
  /** Which member to follow at each level, by its position; where the way ends, the value is replaced or renamed. */
  path: number[];
  kind: "replace" | "remove" | "rename" | "repeat";
  value: unknown;
  name: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat(40), { minLength: 1, maxLength: 9 }),
  kind: fc.constantFrom("replace", "remove", "rename", "repeat"),
  value: anything,
  name: word,
});

/** A copy of `value` with the mutation at the end of its path. */
function mutate(value: unknown, { path, ...rest }: Mutation): unknown {
  const [step, ...further] = path;
  if (step === undefined || typeof value !== "object" || value === null) return rest.value;
  const entries: [string, unknown][] = Object.entries(value);
  const entry = entries[step % Math.max(entries.length, 1)];
  if (!entry) return rest.value;
  if (further.length > 0) entry[1] = mutate(entry[1], { path: further, ...rest });
  else if (rest.kind === "replace") entry[1] = rest.value;
  else if (rest.kind === "rename") entry[0] = rest.name;
  else if (rest.kind === "repeat") entries.push([rest.name, entry[1]]);
  else entries.splice(step % entries.length, 1);
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

/** Bodies of all kinds with up to four things changed anywhere in them. */
export const mutatedBodies: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...bodies), fc.array(mutation, { maxLength: 4 }))
  .map(([body, mutations]) => mutations.reduce(mutate, body));
