import { Body1, Button, makeStyles, tokens } from "@fluentui/react-components";
import { FullPage } from "../components/FullPage.tsx";
import { useSession } from "./Session.ts";

const useStyles = makeStyles({
  list: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: "grid",
    rowGap: tokens.spacingVerticalS,
  },
});

/** What someone sees who is signed in but may see nothing yet: which role is needed and who gives it. */
export function NoAccessPage({ missing }: { missing: "role" | "organization" }) {
  const styles = useStyles();
  const { person, signIn, signOut } = useSession();
  return (
    <FullPage
      title={missing === "role" ? "You need a role" : "No organization is yours yet"}
      actions={
        <>
          <Button appearance="primary" onClick={signIn}>
            Sign in again
          </Button>
          <Button onClick={signOut}>Sign out</Button>
        </>
      }
    >
      {missing === "role" ? (
        <>
          <Body1>
            You are signed in as <strong>{person?.signInName}</strong>, but you have no role in Portal Sync.
            It needs one of these:
          </Body1>
          <ul className={styles.list}>
            <li>
              <strong>Organization administrator</strong> (Organization.Admin) sees the organizations whose
              administrators&rsquo; group they belong to.
            </li>
            <li>
              <strong>Global administrator</strong> (Platform.Admin) sees every organization.
            </li>
          </ul>
          <Body1>
            Your Microsoft Entra administrator assigns roles under{" "}
            <strong>Enterprise applications &gt; Portal Sync &gt; Users and groups</strong>. Sign in again
            afterwards, so that the new role is taken up.
          </Body1>
        </>
      ) : (
        <Body1>
          You are an organization administrator, but you belong to no organization&rsquo;s group of
          administrators. Ask your Microsoft Entra administrator to add <strong>{person?.signInName}</strong>{" "}
          to the group of your organization, or a global administrator of Portal Sync to name that group in
          the organization&rsquo;s settings. Sign in again afterwards.
        </Body1>
      )}
    </FullPage>
  );
}
