import type { DynamicsContext } from "../dynamics/context.ts";
import type { MappingSet } from "../contracts/mapping.ts";
import { applyMapping } from "./applyMapping.ts";
import type { MappedField } from "./applyMapping.ts";
import { eventRows } from "./eventRows.ts";

/**
 * Every mapped field of the rows that an event carries, row by row, with what became of it. None when the event is
 * about no mapped table or carries no columns, as a deletion. Pure.
 */
export function mappedFields(context: DynamicsContext, mappings: MappingSet): MappedField[] {
  const mapping = mappings.find(({ table }) => table === context.table);
  if (!mapping || context.ownEcho || context.stripped) return [];
  const rows = eventRows(context, mapping);
  if (!Array.isArray(rows)) return [];
  return rows.flatMap(({ columns, created }) => applyMapping(mapping, columns, { created }).fields);
}
