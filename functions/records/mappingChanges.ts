import type { AuditChange } from "../contracts/audit.ts";
import type { FieldMapping, Mapping, MappingDraft } from "../contracts/mapping.ts";

type Table = Omit<Mapping, "version">;

/** What distinguishes two sets of mappings, field by field, in words. A table that came or went is one change. Pure. */
export function mappingChanges(old: MappingDraft, now: MappingDraft): AuditChange[] {
  return compared(byName(old, "table"), byName(now, "table")).flatMap(([table, before, after]) => {
    if (!before || !after) return [{ field: table, old: tableText(before), new: tableText(after) }];
    return [
      ...settingChanges(before, after),
      ...textChanges(
        table,
        texts(before.fields, "field", fieldText),
        texts(after.fields, "field", fieldText),
      ),
      ...textChanges(
        `${table} link`,
        texts(before.links, "relationship", ({ field }) => field),
        texts(after.links, "relationship", ({ field }) => field),
      ),
    ];
  });
}

function settingChanges(before: Table, after: Table): AuditChange[] {
  const settings = (mapping: Table) =>
    new Map([
      ["kind of record", mapping.kind],
      ["id column", mapping.idColumn],
      ["entity set", mapping.entitySet ?? null],
    ]);
  return textChanges(after.table, settings(before), settings(after));
}

function textChanges(
  where: string,
  before: ReadonlyMap<string, string | null>,
  after: ReadonlyMap<string, string | null>,
): AuditChange[] {
  return compared(before, after)
    .map(([name, old, now]) => ({ field: `${where}: ${name}`, old: old ?? null, new: now ?? null }))
    .filter((change) => change.old !== change.new);
}

/** A field as it is read from its column, in words. */
function fieldText({ column, type, required, default: value }: FieldMapping): string {
  const parts = [`${column} as ${type}`];
  if (required === true) parts.push("required");
  if (value !== undefined) parts.push(`default ${String(value)}`);
  return parts.join(", ");
}

function tableText(mapping: Table | undefined): string | null {
  if (!mapping) return null;
  const fields = mapping.fields.map(({ field }) => field).join(", ");
  return `${mapping.kind} by ${mapping.idColumn}: ${fields === "" ? "no fields" : fields}`;
}

function texts<T extends Record<K, string>, K extends string>(
  items: readonly T[],
  key: K,
  text: (item: T) => string,
): Map<string, string> {
  return new Map(items.map((item) => [item[key], text(item)]));
}

function byName<T extends Record<K, string>, K extends string>(items: readonly T[], key: K): Map<string, T> {
  return new Map(items.map((item) => [item[key], item]));
}

/** Both sides of every name, those of the old side first. */
function compared<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): [string, T | undefined, T | undefined][] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].map((name) => [name, before.get(name), after.get(name)]);
}
