import { Body1, Button, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { FullPage } from "../components/FullPage.tsx";
import { useSession } from "./Session.ts";

/** What a visitor sees who is not signed in. */
export function SignInPage() {
  const { signIn, failure } = useSession();
  return (
    <FullPage
      title="Sign in"
      actions={
        <Button appearance="primary" size="large" onClick={signIn}>
          Sign in with Microsoft
        </Button>
      }
    >
      <Body1>
        See whether your organization&rsquo;s app and its Dynamics portal agree: what was received, what
        became of it, and what to do when something failed.
      </Body1>
      {failure && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The sign-in did not succeed</MessageBarTitle>
            {failure}
          </MessageBarBody>
        </MessageBar>
      )}
    </FullPage>
  );
}
