import { createContext, useContext, useEffect } from "react";

/** Holds a mark for each form on the page with unsaved changes; whoever would leave the page asks when there is one. */
export const UnsavedPages = createContext(new Set<object>());

/** Loads the question whether to leave. Rejects offline, or when a deployment has taken this build's files away. */
export const loadLeaveQuestion = () => import("./LeaveQuestion.tsx");

/** While there are unsaved changes, leaving the page or closing it is asked about first. */
export function useUnsavedChanges(unsaved: boolean): void {
  const marks = useContext(UnsavedPages);
  useEffect(() => {
    if (!unsaved) return;
    const mark = {};
    const keepOpen = (closing: BeforeUnloadEvent): void => closing.preventDefault();
    marks.add(mark);
    // When it is needed, it might not be there any more.
    void loadLeaveQuestion().catch(() => {});
    window.addEventListener("beforeunload", keepOpen);
    return () => {
      marks.delete(mark);
      window.removeEventListener("beforeunload", keepOpen);
    };
  }, [marks, unsaved]);
}
