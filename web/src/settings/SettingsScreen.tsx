import { Tab, TabList, makeStyles, tokens } from "@fluentui/react-components";
import { Suspense } from "react";
import { Navigate, useNavigate, useParams } from "react-router";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { useOrganizationOfAddress } from "../components/useOrganizationOfAddress.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { lazyNamed } from "../components/lazyNamed.ts";
import { settingsPath } from "../shell/paths.ts";
import { GeneralTab } from "./GeneralTab.tsx";
import { KeysTab } from "./KeysTab.tsx";
import { SetupSteps } from "./SetupSteps.tsx";
import { useOrganization } from "./queries.ts";
import type { Answer } from "../api/client.ts";
import type { Me } from "../../../functions/contracts/me.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const MappingEditor = lazyNamed(() => import("../mapping/MappingEditor.tsx"), "MappingEditor");
const AlertsTab = lazyNamed(() => import("../alerts/AlertsTab.tsx"), "AlertsTab");
const AuditTab = lazyNamed(() => import("../audit/AuditTab.tsx"), "AuditTab");

const tabs = [
  { value: "general", label: "General" },
  { value: "keys", label: "Keys" },
  { value: "setup", label: "Set up Dynamics" },
  { value: "mapping", label: "Mapping" },
  { value: "alerts", label: "Alerts" },
  { value: "audit", label: "Audit" },
] as const;
type TabName = (typeof tabs)[number]["value"];

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL },
  tabs: { flexWrap: "wrap", marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalMNudge})` },
  panel: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL, minWidth: 0 },
});

/** The settings of one organization's portal integration; the open tab is part of the address. */
export function SettingsScreen({ organizations }: { organizations: Me["organizations"] }) {
  const styles = useStyles();
  const { id, name } = useOrganizationOfAddress(organizations);
  const { tab = "general" } = useParams();
  const navigate = useNavigate();
  const open = tabs.find(({ value }) => value === tab);
  usePageTitle(open?.label, "Settings", name);
  const { data, error, refetch } = useOrganization(id);
  if (!open) return <Navigate replace to={settingsPath(id)} />;
  return (
    <div className={styles.root}>
      <PageHeader title="Settings" subtitle={data?.body.name ?? name} />
      <TabList
        className={styles.tabs}
        aria-label="Settings"
        selectedValue={open.value}
        onTabSelect={(_, { value }) => void navigate(settingsPath(id, String(value)))}
      >
        {tabs.map(({ value, label }) => (
          <Tab key={value} value={value} id={`settings-tab-${value}`} aria-controls="settings-panel">
            {label}
          </Tab>
        ))}
      </TabList>
      <div
        key={id}
        id="settings-panel"
        role="tabpanel"
        aria-labelledby={`settings-tab-${open.value}`}
        className={styles.panel}
      >
        {error && (
          <ProblemMessage
            error={error}
            retry={refetch}
            {...(data ? { stillShown: "The settings below are the last that could be read." } : {})}
          />
        )}
        {!data && !error && <LoadingRows what="the settings" rows={8} />}
        {data && (
          <Suspense fallback={<LoadingRows what={open.label} rows={8} />}>
            <Content tab={open.value} organization={data} />
          </Suspense>
        )}
      </div>
    </div>
  );
}

function Content({ tab, organization }: { tab: TabName; organization: Answer<Organization> }) {
  const { id } = organization.body;
  switch (tab) {
    case "general":
      return <GeneralTab organization={organization} />;
    case "keys":
      return <KeysTab organization={organization.body} />;
    case "setup":
      return <SetupSteps organization={organization.body} />;
    case "mapping":
      return <MappingEditor organizationId={id} />;
    case "alerts":
      return <AlertsTab organization={organization} />;
    case "audit":
      return <AuditTab organizationId={id} />;
  }
}
