import { makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate, useParams } from "react-router";
import { LoadingRows } from "../../components/LoadingRows.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { ProblemMessage } from "../../components/ProblemMessage.tsx";
import { usePageTitle } from "../../components/usePageTitle.ts";
import { useOrganization } from "../../settings/queries.ts";
import { newOrganizationPath } from "../../shell/paths.ts";
import { ConnectSteps } from "./ConnectSteps.tsx";
import { OrganizationForm } from "./OrganizationForm.tsx";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL, maxWidth: "1280px" },
});

/** Makes an organization and leads through connecting it, up to its first event. It can be left and taken up again. */
export function NewOrganizationScreen() {
  const styles = useStyles();
  const { newId } = useParams();
  const navigate = useNavigate();
  return (
    <div className={styles.root}>
      {newId ? (
        <Connect key={newId} id={newId} />
      ) : (
        <>
          <NewHeader />
          <OrganizationForm created={(id) => void navigate(newOrganizationPath(id), { replace: true })} />
        </>
      )}
    </div>
  );
}

function NewHeader() {
  usePageTitle("New organization");
  return <PageHeader title="New organization" subtitle="Platform" />;
}

function Connect({ id }: { id: string }) {
  const { data, error, refetch } = useOrganization(id);
  const name = data?.body.name ?? id;
  usePageTitle(`Connect ${name}`);
  return (
    <>
      <PageHeader title={`Connect ${name}`} subtitle="New organization" />
      {error && <ProblemMessage error={error} retry={refetch} />}
      {!data && !error && <LoadingRows what="the organization" rows={8} />}
      {data && <ConnectSteps organization={data.body} />}
    </>
  );
}
