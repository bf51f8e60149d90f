import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { BusyButton } from "./BusyButton.tsx";
import { ProblemMessage } from "./ProblemMessage.tsx";
import type { ReactNode } from "react";

interface ChangedMeanwhileProps {
  title: string;
  /** What became of the edits, and what to do. */
  children: ReactNode;
  /** Text of the button that loads what is stored now. */
  label: string;
  /** Rejects when it cannot be loaded; that is said then, and nothing else happens. */
  load: () => Promise<void>;
}

/** Says that what is being edited was changed elsewhere meanwhile, and loads what is stored now on demand. */
export function ChangedMeanwhile({ title, children, label, load }: ChangedMeanwhileProps) {
  const loading = useMutation({ mutationFn: load });
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{title}</MessageBarTitle>
          {children}
        </MessageBarBody>
        <MessageBarActions>
          <BusyButton size="small" busy={loading.isPending} onClick={() => loading.mutate()}>
            {label}
          </BusyButton>
        </MessageBarActions>
      </MessageBar>
      {loading.error && <ProblemMessage error={loading.error} />}
    </>
  );
}
