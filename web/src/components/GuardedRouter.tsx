import { startTransition, useLayoutEffect, useState } from "react";
import { Router, UNSAFE_createBrowserHistory as createBrowserHistory } from "react-router";
import { guardHistory } from "./guardHistory.ts";
import { UnsavedPages, loadLeaveQuestion } from "./useUnsavedChanges.ts";
import type { ReactNode } from "react";

interface Asked {
  Question: Awaited<ReturnType<typeof loadLeaveQuestion>>["LeaveQuestion"];
  leave: () => void;
}

/**
 * Routes by the browser's address, and asks before a page with unsaved changes is left. The router with such a
 * question built in would add 18 kB to the first load. Where the question cannot be loaded, the browser's own is asked.
 */
export function GuardedRouter({ children }: { children: ReactNode }) {
  const [unsaved] = useState(() => new Set<object>());
  const [asked, setAsked] = useState<Asked | null>(null);
  const [history] = useState(() =>
    guardHistory(createBrowserHistory({ v5Compat: true }), (leave) => {
      if (unsaved.size === 0) return false;
      void loadLeaveQuestion().then(
        ({ LeaveQuestion }) => setAsked({ Question: LeaveQuestion, leave }),
        () => window.confirm("Leave without saving? What you changed on this page is lost then.") && leave(),
      );
      return true;
    }),
  );
  const [{ location, action }, setMove] = useState({ location: history.location, action: history.action });
  useLayoutEffect(() => history.listen((move) => startTransition(() => setMove(move))), [history]);
  const answer = (leaves: boolean): void => {
    setAsked(null);
    if (leaves) asked?.leave();
  };
  return (
    <UnsavedPages value={unsaved}>
      <Router location={location} navigationType={action} navigator={history}>
        {children}
      </Router>
      {asked && <asked.Question answer={answer} />}
    </UnsavedPages>
  );
}
