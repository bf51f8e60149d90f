import type { EnvironmentStore, Row } from "../data/store.ts";
import { tableNamed } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";
import { notSimulated } from "./errors.ts";
import { relatedRows } from "./related.ts";
import { followLookup, navigation } from "./properties.ts";
import { represent, selectedProperties } from "./representation.ts";
import type { Representation } from "./representation.ts";

/** Adds to a row what `$expand` asked for. */
type Expand = (row: Row, root: string, annotations: string | undefined) => Representation;

/** Reads `$expand`: navigation properties, each with at most a `$select`. */
export function parseExpand(store: EnvironmentStore, table: Table, source: string | undefined): Expand {
  const parts = splitTopLevel(source ?? "").map((part) => expandOne(store, table, part));
  return (row, root, annotations) => Object.assign({}, ...parts.map((part) => part(row, root, annotations)));
}

function expandOne(store: EnvironmentStore, table: Table, source: string): Expand {
  const [, name = "", inner = ""] = /^(\w+)(?:\((.*)\))?$/.exec(source) ?? [];
  const selected = /^\$select=([\w,\s]+)$/
    .exec(inner)?.[1]
    ?.split(",")
    .map((item) => item.trim());
  if (inner && !selected) throw notSimulated("options other than $select inside $expand");

  const collection = relatedRows(store, table, name);
  if (collection) {
    const properties = selectedProperties(collection.table, selected);
    return (row, root, annotations) => ({
      [name]: collection.of(row).map((related) => represent(related, { store, properties, annotations })),
      [`${name}@odata.nextLink`]: `${root}/${table.setName}(${row.id})/${name}`,
    });
  }
  const { lookup, target } = navigation(table, name);
  const properties = selectedProperties(tableNamed(target.name), selected);
  return (row, _root, annotations) => {
    const related = followLookup(store, row, lookup.name, target.name);
    return { [name]: related ? represent(related, { store, properties, annotations }) : null };
  };
}

/** Splits at commas that are not inside parentheses. */
function splitTopLevel(source: string): string[] {
  return source
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter(Boolean);
}
