import { PageHeader } from "../components/PageHeader.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";

/** Stands where an address leads nowhere. */
export function NotFoundScreen() {
  usePageTitle("Page not found");
  return (
    <>
      <PageHeader title="Page not found" subtitle="Portal Sync" />
      <p>
        There is no screen at this address, or your role does not include it.{" "}
        <RouterLink to="/">Go to the start</RouterLink>
      </p>
    </>
  );
}
