import { useMemo, useState } from "react";
import { useStable } from "../components/useStable.ts";
import { checkEdits } from "./checkEdits.ts";
import { fingerprintOf, toDraft, toEdits } from "./edits.ts";
import type { TableEdit } from "./edits.ts";
import type { Mapping, MappingVersion } from "../../../functions/contracts/mapping.ts";

/**
 * What a person makes of the mapping in force. While nothing was changed it follows what is stored; a change stays
 * when somebody else saves a version, and `overtaken` says so.
 */
export function useMappingEdits(current: MappingVersion) {
  const [base, setBase] = useState(current);
  const [tables, setTables] = useState(() => toEdits(current.mappings));
  const draft = useMemo(() => toDraft(tables), [tables]);
  const fingerprint = useMemo(() => fingerprintOf(draft), [draft]);
  const stored = useMemo(() => fingerprintOf(toDraft(toEdits(base.mappings))), [base]);
  const faults = useMemo(() => checkEdits(tables), [tables]);
  const edited = fingerprint !== stored;
  const restart = (version: MappingVersion): void => {
    setBase(version);
    const next = toEdits(version.mappings);
    // What was saved as it stands here stays as it is shown: no table closes.
    if (fingerprintOf(toDraft(next)) !== fingerprint) setTables(next);
  };
  if (!edited && current.version !== base.version) restart(current);
  const change = useStable((next: (tables: TableEdit[]) => TableEdit[]) => setTables(next));
  return {
    base,
    tables,
    draft,
    fingerprint,
    faults,
    edited,
    overtaken: current.version > base.version,
    change,
    /** Begins again from a version that is in force. */
    restart,
    /** Takes over the content of another version; the version in force stays what the change is made from. */
    takeOver: (mappings: readonly Mapping[]) => setTables(toEdits(mappings)),
    discard: () => setTables(toEdits(base.mappings)),
  };
}

/** Changes the one item of a list that has this key. */
export function replaced<T extends { key: string }>(items: readonly T[], key: string, part: Partial<T>): T[] {
  return items.map((item) => (item.key === key ? { ...item, ...part } : item));
}
