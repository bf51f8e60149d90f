import { Button, Caption1, SearchBox, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDown16Regular, ArrowUp16Regular, Eye16Regular, EyeOff16Regular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { usePayload } from "../../api/queries.ts";
import { CopyButton } from "../../components/CopyButton.tsx";
import { LoadingRows } from "../../components/LoadingRows.tsx";
import { ProblemMessage } from "../../components/ProblemMessage.tsx";
import { PayloadText } from "./PayloadText.tsx";
import { findLines, payloadLines } from "./payloadLines.ts";
import type { EventDetail } from "../../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalS,
    paddingTop: tokens.spacingVerticalS,
  },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  search: { flexGrow: 1, minWidth: "160px" },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** The payload as Dynamics sent it. What may be personal is hidden until it is asked for. */
export function PayloadTab({ event }: { event: EventDetail }) {
  const styles = useStyles();
  const [asked, setAsked] = useState(false);
  const masked = usePayload(event.organizationId, event.eventId, { show: false });
  // What is not asked for any more is left, so that it is forgotten and showing it again is noted again.
  const wanted = usePayload(event.organizationId, event.eventId, { show: asked });
  const shown = asked && wanted.data !== undefined;
  const data = wanted.data ?? masked.data;
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState(0);
  const lines = useMemo(() => (data === undefined ? [] : payloadLines(data)), [data]);
  const found = useMemo(() => findLines(lines, search), [lines, search]);
  // Another text may have fewer matches.
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  if (masked.error && data === undefined)
    return <ProblemMessage error={masked.error} retry={masked.refetch} />;
  if (data === undefined) return <LoadingRows what="the payload" />;
  const go = (by: number): void => setChosen((at + by + found.length) % Math.max(1, found.length));
  return (
    <div className={styles.root}>
      <div className={styles.bar}>
        <SearchBox
          className={styles.search}
          aria-label="Search the payload"
          placeholder="Search"
          value={search}
          onChange={(_, { value }) => {
            setSearch(value);
            setChosen(0);
          }}
          onKeyDown={({ key, shiftKey }) => key === "Enter" && go(shiftKey ? -1 : 1)}
        />
        {search.trim() !== "" && (
          <>
            <Caption1 role="status">
              {found.length === 0 ? "No match" : `${at + 1} of ${found.length}`}
            </Caption1>
            <Button
              appearance="subtle"
              size="small"
              aria-label="Previous match"
              icon={<ArrowUp16Regular />}
              onClick={() => go(-1)}
            />
            <Button
              appearance="subtle"
              size="small"
              aria-label="Next match"
              icon={<ArrowDown16Regular />}
              onClick={() => go(1)}
            />
          </>
        )}
        <Button
          icon={shown ? <EyeOff16Regular /> : <Eye16Regular />}
          aria-pressed={asked}
          disabledFocusable={wanted.isFetching}
          onClick={() => setAsked(!asked)}
        >
          {asked ? "Hide personal data" : "Show personal data"}
        </Button>
        <CopyButton text={lines.join("\n")} what={shown ? "payload" : "masked payload"} />
      </div>
      {asked && wanted.error && <ProblemMessage error={wanted.error} retry={wanted.refetch} />}
      <Caption1 className={styles.minor}>
        {event.payloadBytes.toLocaleString("en")} bytes.
        {event.textRepaired &&
          " Its text was encoded twice; it was repaired before it was read and is shown as it came."}
        {shown
          ? " Personal data is shown. That it was shown is noted in the audit log, with your name."
          : " Values that may be personal are hidden. Showing them is noted in the audit log."}
      </Caption1>
      <PayloadText lines={lines} search={search} current={found[at] ?? null} />
    </div>
  );
}
