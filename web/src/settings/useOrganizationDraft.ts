import { useState } from "react";
import { explain } from "../api/problem.ts";
import { useChangeOrganization, useOrganization } from "./queries.ts";
import type { Answer } from "../api/client.ts";
import type { Organization, OrganizationChange } from "../../../functions/contracts/organizations.ts";

/**
 * What a person is changing of an organization. Only what was typed is kept apart from what is stored, so that it
 * survives reading the organization again. A change is guarded by the version that was shown when typing began.
 */
export function useOrganizationDraft<Draft extends object>(
  latest: Answer<Organization>,
  toDraft: (organization: Organization) => Draft,
) {
  const { id } = latest.body;
  const { refetch } = useOrganization(id);
  const changing = useChangeOrganization(id);
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const [started, setStarted] = useState<Answer<Organization> | null>(null);
  const version = started ?? latest;
  const problem = changing.error ? explain(changing.error) : null;

  const discard = (): void => {
    setEdits({});
    setStarted(null);
    changing.reset();
  };
  return {
    stored: version.body,
    draft: { ...toDraft(version.body), ...edits },
    edits,
    edited: Object.keys(edits).length > 0,
    set: <Field extends keyof Draft>(field: Field, value: Draft[Field]): void => {
      setStarted(version);
      setEdits({ ...edits, [field]: value });
    },
    discard,
    /** Saves; resolves to whether that worked. */
    save: (change: OrganizationChange): Promise<boolean> =>
      changing.mutateAsync({ change, etag: version.etag }).then(
        () => {
          setEdits({});
          setStarted(null);
          return true;
        },
        () => false,
      ),
    saving: changing.isPending,
    saved: changing.isSuccess,
    error: changing.error,
    /** Somebody else was faster. */
    conflict: problem?.status === 412,
    /** What the server says of single fields. */
    refused: Object.fromEntries((problem?.errors ?? []).map(({ field, message }) => [field, message])),
    /** Reads what is stored now and keeps what was typed. */
    loadAgain: async (): Promise<void> => {
      const { data } = await refetch();
      if (data) setStarted(data);
      changing.reset();
    },
  };
}
