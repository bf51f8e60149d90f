import { Suspense, lazy, startTransition, useLayoutEffect, useState } from "react";
import { Router, UNSAFE_createBrowserHistory as createBrowserHistory } from "react-router";
import { guardHistory } from "./guardHistory.ts";
import { UnsavedPages } from "./useUnsavedChanges.ts";
import type { ReactNode } from "react";

const LeaveQuestion = lazy(() =>
  import("./LeaveQuestion.tsx").then(({ LeaveQuestion }) => ({ default: LeaveQuestion })),
);

/**
 * Routes by the browser's address, and asks before a page with unsaved changes is left. The router with such a
 * question built in would add 18 kB to the first load.
 */
export function GuardedRouter({ children }: { children: ReactNode }) {
  const [unsaved] = useState(() => new Set<object>());
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const [history] = useState(() =>
    guardHistory(createBrowserHistory({ v5Compat: true }), (go) => {
      if (unsaved.size > 0) setLeave(() => go);
      return unsaved.size > 0;
    }),
  );
  const [{ location, action }, setMove] = useState({ location: history.location, action: history.action });
  useLayoutEffect(() => history.listen((move) => startTransition(() => setMove(move))), [history]);
  const answer = (leaves: boolean): void => {
    setLeave(null);
    if (leaves) leave?.();
  };
  return (
    <UnsavedPages value={unsaved}>
      <Router location={location} navigationType={action} navigator={history}>
        {children}
      </Router>
      {leave && (
        <Suspense>
          <LeaveQuestion answer={answer} />
        </Suspense>
      )}
    </UnsavedPages>
  );
}
