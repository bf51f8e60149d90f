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
  const [state, setState] = useState({ typed: search, searched: search });
  const { typed } = state;
  // The address may change by other means, such as "Back"; a space at the end is still being typed.
  if (state.searched !== search)
    setState({ typed: typed.trim() === search ? typed : search, searched: search });
  const apply = useStable(setSearch);
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
      onChange={(_, { value }) => setState({ ...state, typed: value })}
    />
  );
}
