import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { readList, writeList } from "./organizationList.ts";
import type { OrganizationList } from "./organizationList.ts";

/** The list of organizations as the address has it. Each change is a step that the browser's Back takes back. */
export function useOrganizationList(): {
  list: OrganizationList;
  change: (change: Partial<OrganizationList>) => void;
} {
  const [search, setSearch] = useSearchParams();
  const list = useMemo(() => readList(search), [search]);
  const change = useCallback(
    (next: Partial<OrganizationList>) =>
      setSearch((current) => writeList(current, { ...readList(current), page: 1, ...next })),
    [setSearch],
  );
  return { list, change };
}
