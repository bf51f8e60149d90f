import { useState } from "react";
import { explain } from "../api/problem.ts";
import { useChangeOrganization, useOrganization } from "./queries.ts";
import type { Answer } from "../api/client.ts";
import type { Organization, OrganizationChange } from "../../../functions/contracts/organizations.ts";

/**
 * What a person is changing of an organization. Only what was typed is kept apart from what is stored, so that it
 * survives reading the organization again. A change is guarded by the version that was shown when typing began, or by
 * the latest one while that shows the same: pausing, for one, changes nothing of what is typed over.
 */
export function useOrganizationDraft<Draft extends object>(
  latest: Answer<Organization>,
  toDraft: (organization: Organization) => Draft,
) {
  const { id } = latest.body;
  const { refetch } = useOrganization(id);
  const changing = useChangeOrganization(id);
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const [started, setStarted] = useState(latest);
  const edited = Object.keys(edits).length > 0;
  const version = edited ? guardingVersion(started, latest, toDraft) : latest;
  const problem = changing.error ? explain(changing.error) : null;

  const discard = (): void => {
    setEdits({});
    changing.reset();
  };
  return {
    stored: version.body,
    draft: { ...toDraft(version.body), ...edits },
    edits,
    edited,
    set: <Field extends keyof Draft>(field: Field, value: Draft[Field]): void => {
      setStarted(version);
      setEdits((typed) => ({ ...typed, [field]: value }));
    },
    discard,
    /** Saves; resolves to whether that worked. What is typed meanwhile stays to be saved. */
    save: (change: OrganizationChange): Promise<boolean> =>
      changing.mutateAsync({ change, etag: version.etag }).then(
        (changed) => {
          setStarted(changed);
          setEdits((typed) => typedMeanwhile(typed, edits));
          return true;
        },
        () => false,
      ),
    saving: changing.isPending,
    saved: changing.isSuccess,
    error: changing.error,
    /** What is stored has changed since typing began. */
    conflict: problem?.status === 412,
    /** What the server says of single fields. */
    refused: Object.fromEntries((problem?.errors ?? []).map(({ field, message }) => [field, message])),
    /** Reads what is stored now and keeps what was typed. Rejects when it cannot be read; then nothing changes. */
    loadAgain: async (): Promise<void> => {
      const { data } = await refetch({ throwOnError: true });
      if (data) setStarted(data);
      changing.reset();
    },
  };
}

/** The version that guards a change: the latest as long as it shows the same as the one that typing began from. */
export function guardingVersion(
  started: Answer<Organization>,
  latest: Answer<Organization>,
  toDraft: (organization: Organization) => object,
): Answer<Organization> {
  const same = JSON.stringify(toDraft(started.body)) === JSON.stringify(toDraft(latest.body));
  return same ? latest : started;
}

/** What is typed over that is not what was sent. */
export function typedMeanwhile<Draft extends object>(
  typed: Partial<Draft>,
  sent: Partial<Draft>,
): Partial<Draft> {
  const fields = Object.entries(typed).filter(([field, value]) => sent[field as keyof Draft] !== value);
  return Object.fromEntries(fields) as Partial<Draft>;
}
