import { SearchBox, makeStyles } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useStable } from "../components/useStable.ts";

const useStyles = makeStyles({
  root: { width: "300px", maxWidth: "100%", "@media (max-width: 639.98px)": { width: "100%" } },
});

/** Typing stops for this long before it is searched, in milliseconds. */
const pause = 350;

/** Searches the log by what can be copied from elsewhere: ids and codes, or the beginning of an event type. */
export function SearchField({ search, setSearch }: { search: string; setSearch: (search: string) => void }) {
  const [typed, setTyped] = useState(search);
  const apply = useStable(setSearch);
  useEffect(() => setTyped(search), [search]);
  useEffect(() => {
    if (typed.trim() === search) return undefined;
    const timer = setTimeout(() => apply(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed, search, apply]);
  return (
    <SearchBox
      className={useStyles().root}
      aria-label="Search events"
      placeholder="Id, code or event type"
      value={typed}
      onChange={(_, { value }) => setTyped(value)}
    />
  );
}
