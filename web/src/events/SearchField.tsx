import { SearchBox, makeStyles } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useStable } from "../components/useStable.ts";
import { followSearch, startTyping } from "./searchTyping.ts";

const useStyles = makeStyles({
  root: { width: "300px", maxWidth: "100%", "@media (max-width: 639.98px)": { width: "100%" } },
});

/** Typing stops for this long before it is searched, in milliseconds. */
const pause = 350;

interface SearchFieldProps {
  /** What the field is called by those who cannot see it. */
  label: string;
  /** What can be typed. */
  placeholder: string;
  search: string;
  setSearch: (search: string) => void;
}

/** A search that is part of the address: it begins when typing stops. */
export function SearchField({ label, placeholder, search, setSearch }: SearchFieldProps) {
  const [typing, setTyping] = useState(() => startTyping(search));
  const { typed } = typing;
  if (typing.searched !== search) setTyping(followSearch(typing, search));
  const apply = useStable((text: string) => {
    setTyping((current) => ({ ...current, applied: text }));
    setSearch(text);
  });
  useEffect(() => {
    if (typed.trim() === search) return undefined;
    const timer = setTimeout(() => apply(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed, search, apply]);
  return (
    <SearchBox
      className={useStyles().root}
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      onChange={(_, { value }) => setTyping((current) => ({ ...current, typed: value }))}
    />
  );
}
