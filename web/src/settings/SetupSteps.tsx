import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { CodeBlock } from "../components/CodeBlock.tsx";
import { CopyableText } from "../components/CopyableText.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { Section } from "../components/Section.tsx";
import { settingsPath } from "../shell/paths.ts";
import { NumberedStep, NumberedSteps } from "./NumberedSteps.tsx";
import { ScriptSteps } from "./ScriptSteps.tsx";
import { useSetupGuide } from "./queries.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";
import type { SetupGuide } from "../../../functions/contracts/setup.ts";

const useStyles = makeStyles({
  requests: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalS, minWidth: 0 },
  hand: { overflowWrap: "anywhere", whiteSpace: "pre-line" },
});

interface SetupStepsProps {
  organization: Organization;
  /** The place of this part in a longer sequence; the way by hand is then folded away. */
  number?: number;
}

/** The script and the steps by hand that connect a Dynamics environment. */
export function SetupSteps({ organization, number }: SetupStepsProps) {
  const { id, keys, environmentUrl } = organization;
  const { data: guide, error, refetch } = useSetupGuide(id);
  if (error && !guide) return <ProblemMessage error={error} retry={refetch} />;
  if (!guide) return <LoadingRows what="the set-up steps" rows={8} />;
  const script = number ? `${number}. Set up Dynamics, with a script` : "With a script";
  return (
    <>
      <Section title={script}>
        <Text>
          The script makes Dynamics send its changes here. It holds no secret, and it can be run again: what
          is registered is brought up to date.
        </Text>
        {keys.length === 0 && !number && (
          <Text>
            There is no key yet. <RouterLink to={settingsPath(id, "keys")}>Create one first</RouterLink>
          </Text>
        )}
        <ScriptSteps script={guide.script} asksForAddress={environmentUrl === null} />
      </Section>
      {number ? (
        <Accordion collapsible>
          <AccordionItem value="hand">
            <AccordionHeader as="h2">Set up Dynamics by hand instead</AccordionHeader>
            <AccordionPanel>
              <ByHand guide={guide} />
            </AccordionPanel>
          </AccordionItem>
        </Accordion>
      ) : (
        <ByHand guide={guide} />
      )}
    </>
  );
}

function ByHand({ guide }: { guide: SetupGuide }) {
  return (
    <Section title="By hand">
      <Text>
        Webhook address: <CopyableText text={guide.webhookUrl} what="webhook address" />
      </Text>
      <NumberedSteps>
        {guide.steps.map((step) => (
          <Step key={step.title} step={step} />
        ))}
      </NumberedSteps>
    </Section>
  );
}

function Step({ step: { title, byHand, requests } }: { step: SetupGuide["steps"][number] }) {
  const styles = useStyles();
  return (
    <NumberedStep title={title}>
      <Text className={styles.hand}>{byHand}</Text>
      {requests.length > 0 && (
        <Accordion collapsible>
          <AccordionItem value="requests">
            <AccordionHeader size="small">
              {requests.length === 1 ? "As a Web API request" : `As ${requests.length} Web API requests`}
            </AccordionHeader>
            <AccordionPanel>
              <div className={styles.requests}>
                {requests.map(({ method, url, body }, position) => (
                  <CodeBlock
                    key={`${position} ${method} ${url}`}
                    title={`${method} ${url}`}
                    text={body === undefined ? "" : JSON.stringify(body, null, 2)}
                    what="the request"
                    copied={requestText(method, url, body)}
                  />
                ))}
              </div>
            </AccordionPanel>
          </AccordionItem>
        </Accordion>
      )}
    </NumberedStep>
  );
}

/** A request as HTTP clients read it from a file. */
function requestText(method: string, url: string, body: unknown): string {
  const line = `${method} ${url}`;
  return body === undefined
    ? line
    : `${line}\ncontent-type: application/json\n\n${JSON.stringify(body, null, 2)}`;
}
