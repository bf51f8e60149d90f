import { useEffect } from "react";

/** Names the page in the browser's tab and history, the most particular part first. */
export function usePageTitle(...parts: (string | null | undefined)[]): void {
  const title = [...parts.filter(Boolean), "Portal Sync"].join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
