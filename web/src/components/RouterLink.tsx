import { Link } from "@fluentui/react-components";
import { useFollow } from "./useFollow.ts";
import type { ReactNode } from "react";

/** A link to a place inside the portal: followed without loading the page, and still opens in a new tab. */
export function RouterLink({ to, label, children }: { to: string; label?: string; children: ReactNode }) {
  const follow = useFollow();
  return (
    <Link href={to} onClick={follow(to)} {...(label ? { "aria-label": label } : {})}>
      {children}
    </Link>
  );
}
