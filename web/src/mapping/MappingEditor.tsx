import { Text } from "@fluentui/react-components";
import { useState } from "react";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { Section } from "../components/Section.tsx";
import { useStable } from "../components/useStable.ts";
import { useUnsavedChanges } from "../components/useUnsavedChanges.ts";
import { SaveVersion } from "./SaveVersion.tsx";
import { TablesSection } from "./TablesSection.tsx";
import { TrySection } from "./TrySection.tsx";
import { VersionsSection } from "./VersionsSection.tsx";
import { faultsIn } from "./checkEdits.ts";
import { needsSetup } from "./edits.ts";
import { useMapping, useSaveMapping, useTryMapping } from "./queries.ts";
import { useMappingEdits } from "./useMappingEdits.ts";
import { useReason } from "./useReason.ts";
import { useTrialChoice } from "./useTrialChoice.ts";
import { repairedEvents } from "./verdict.ts";
import type { Mapping, MappingOverview } from "../../../functions/contracts/mapping.ts";

/** Which columns of Dynamics become which fields, for one organization: to be read, changed, tried and saved. */
export function MappingEditor({ organizationId }: { organizationId: string }) {
  const { data, error, refetch } = useMapping(organizationId);
  if (!data)
    return error ? <ProblemMessage error={error} retry={refetch} /> : <LoadingRows what="the mapping" />;
  const loadNewest = async () => (await refetch({ throwOnError: true })).data ?? data;
  return (
    <Editor key={organizationId} organizationId={organizationId} overview={data} loadNewest={loadNewest} />
  );
}

interface EditorProps {
  organizationId: string;
  overview: MappingOverview;
  loadNewest: () => Promise<MappingOverview>;
}

function Editor({ organizationId, overview, loadNewest }: EditorProps) {
  const edits = useMappingEdits(overview.current);
  const trying = useTryMapping(organizationId);
  const saving = useSaveMapping(organizationId);
  const reason = useReason(organizationId);
  const choice = useTrialChoice(organizationId, reason?.eventId ?? null);
  const [open, setOpen] = useState(() =>
    edits.tables.filter(({ table }) => table === reason?.table).map(({ key }) => key),
  );
  const [showAll, setShowAll] = useState(false);
  const { base, tables, draft, fingerprint, faults, edited, overtaken } = edits;
  useUnsavedChanges(edited);
  const tried = trying.isSuccess && trying.variables.fingerprint === fingerprint;

  const run = useStable((): void => {
    setShowAll(true);
    if (faults.size === 0) return trying.mutate({ draft, fingerprint, choice: choice.request });
    const wrong = tables.filter((table) => faultsIn(table, faults) > 0).map(({ key }) => key);
    setOpen([...new Set([...open, ...wrong])]);
  });
  /** Another content begins without the marks of the one before. */
  const begin = (fill: () => void): void => {
    fill();
    setShowAll(false);
    trying.reset();
    saving.reset();
  };
  const save = (): void =>
    saving.mutate({ draft, base }, { onSuccess: ({ current }) => edits.restart(current) });

  return (
    <>
      <Section title={`Version ${overview.current.version} is in force`}>
        <Text>
          {overview.current.savedAt === null ? (
            "This is the mapping that every organization starts with."
          ) : (
            <>
              Saved <RelativeTime at={overview.current.savedAt} /> by {overview.current.savedBy}.
            </>
          )}{" "}
          The mapping says which columns of Dynamics become which fields here. Change it below, try it on
          stored events, then save it as a new version. It holds for events that are processed from then on;
          replay events to have earlier ones read by it.
        </Text>
      </Section>
      <TablesSection
        tables={tables}
        faults={faults}
        showAll={showAll}
        open={open}
        setOpen={setOpen}
        change={edits.change}
        reason={saving.isSuccess ? null : reason}
        tryNow={run}
      />
      <TrySection
        organizationId={organizationId}
        trial={{ pending: trying.isPending, error: trying.error, result: trying.data, isOfThisDraft: tried }}
        faults={showAll ? faults.size : 0}
        choice={choice}
        run={run}
      >
        <SaveVersion
          organizationId={organizationId}
          next={base.version + 1}
          edited={edited}
          tried={tried}
          overtaken={overtaken && !saving.isPending}
          saving={saving.isPending}
          saved={saving.data?.current.version ?? null}
          setup={saving.isSuccess && needsSetup(saving.variables.base.mappings, saving.variables.draft)}
          repaired={tried && trying.data ? repairedEvents(trying.data) : null}
          error={saving.error}
          save={save}
          discard={() => begin(edits.discard)}
          loadNewest={async () => {
            const { current } = await loadNewest();
            begin(() => edits.restart(current));
          }}
        />
      </TrySection>
      <VersionsSection
        organizationId={organizationId}
        overview={overview}
        edited={edited}
        takeOver={(mappings: readonly Mapping[]) => begin(() => edits.takeOver(mappings))}
      />
    </>
  );
}
