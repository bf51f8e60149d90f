import type { DynamicsContext } from "../dynamics/context.ts";
import { isObject, isReference, toGuid } from "../dynamics/plainValue.ts";
import type { PlainValue, Reference } from "../dynamics/plainValue.ts";
import type { LinkMapping, Mapping, MappingSet } from "../contracts/mapping.ts";
import type { RecordChange, Stamp } from "./record.ts";

/** The mapping of an N:N relationship, and the table's mapping it belongs to. */
interface MappedLink {
  mapping: Mapping;
  link: LinkMapping;
}

/** The relationship that an Associate or Disassociate is about; null when the body does not say. */
export function relationshipName(context: DynamicsContext): string | null {
  const relationship = context.parameters["Relationship"];
  const name = isObject(relationship) ? relationship["SchemaName"] : relationship;
  return typeof name === "string" ? name : null;
}

/** Finds the link that maps a relationship. Dataverse is not strict about the case of schema names. */
export function findLink(mappings: MappingSet, relationship: string): MappedLink | null {
  const wanted = relationship.toLowerCase();
  for (const mapping of mappings) {
    const link = mapping.links.find((one) => one.relationship.toLowerCase() === wanted);
    if (link) return { mapping, link };
  }
  return null;
}

/**
 * The changes of an Associate or Disassociate: each linked row is a field of its own, `<field>/<id>`, so that links
 * converge like any other field. The message may name the record as its target and the linked rows as related, or
 * the other way round.
 */
export function linkChanges(
  { mapping, link }: MappedLink,
  context: DynamicsContext,
  stamp: Stamp,
): RecordChange[] {
  const associate = context.messageName === "Associate";
  const targets = context.targets.flatMap(({ id, table }) => (id && table ? [{ id, table }] : []));
  const related = references(context.parameters["RelatedEntities"]);
  const forward = targets.some(({ table }) => table === mapping.table);
  const [records, linked] = forward ? [targets, related] : [related, targets];
  return records
    .filter(({ table }) => table === mapping.table)
    .map((record): RecordChange => {
      const fields = linked.map(({ id, table }) => [`${link.field}/${id}`, associate ? { id, table } : null]);
      return { ...stamp, kind: mapping.kind, externalId: record.id, fields: Object.fromEntries(fields) };
    })
    .filter((change) => Object.keys(change.fields ?? {}).length > 0);
}

function references(value: PlainValue | undefined): Reference[] {
  const items = Array.isArray(value) ? value : [value];
  return items.filter(isReference).flatMap(({ id, table }) => {
    const guid = toGuid(id);
    return guid === null ? [] : [{ id: guid, table }];
  });
}
