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
import { useSetupGuide } from "./queries.ts";
import type { SetupGuide } from "../../../functions/contracts/setup.ts";

const useStyles = makeStyles({
  steps: { margin: 0, padding: 0, listStyleType: "none", counterReset: "step" },
  step: {
    display: "grid",
    gridTemplateColumns: "28px minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    counterIncrement: "step",
    "::before": {
      content: "counter(step)",
      width: "28px",
      height: "28px",
      lineHeight: "28px",
      textAlign: "center",
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorNeutralBackground4,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  content: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalXS, minWidth: 0 },
  requests: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalS, minWidth: 0 },
  minor: { color: tokens.colorNeutralForeground2 },
  hand: { overflowWrap: "anywhere", whiteSpace: "pre-line" },
});

interface SetupStepsProps {
  organizationId: string;
  hasKey: boolean;
  /** The place of this part in a longer sequence; the way by hand is then folded away. */
  number?: number;
}

/** The script and the steps by hand that connect a Dynamics environment. */
export function SetupSteps({ organizationId, hasKey, number }: SetupStepsProps) {
  const { data: guide, error, refetch } = useSetupGuide(organizationId);
  if (error && !guide) return <ProblemMessage error={error} retry={refetch} />;
  if (!guide) return <LoadingRows what="the set-up steps" rows={8} />;
  const { fileName, text } = guide.script;
  const script = number ? `${number}. Set up Dynamics, with a script` : "With a script";
  return (
    <>
      <Section title={script}>
        <Text>
          The script registers the webhook and its steps. It can be run again: what is registered is brought
          up to date. It asks for the key and for a sign-in as System Administrator of the environment, and
          holds no secret.
        </Text>
        {!hasKey && !number && (
          <Text>
            There is no key yet.{" "}
            <RouterLink to={settingsPath(organizationId, "keys")}>Create one first</RouterLink>
          </Text>
        )}
        <CodeBlock title={fileName} text={text} what="the script" fileName={fileName} />
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
  const styles = useStyles();
  return (
    <Section title="By hand">
      <Text>
        Webhook address: <CopyableText text={guide.webhookUrl} what="webhook address" />
      </Text>
      <ol className={styles.steps}>
        {guide.steps.map((step) => (
          <Step key={step.title} step={step} />
        ))}
      </ol>
    </Section>
  );
}

function Step({ step: { title, byHand, requests } }: { step: SetupGuide["steps"][number] }) {
  const styles = useStyles();
  return (
    <li className={styles.step}>
      <div className={styles.content}>
        <Text weight="semibold">{title}</Text>
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
      </div>
    </li>
  );
}

/** A request as HTTP clients read it from a file. */
function requestText(method: string, url: string, body: unknown): string {
  const line = `${method} ${url}`;
  return body === undefined
    ? line
    : `${line}\ncontent-type: application/json\n\n${JSON.stringify(body, null, 2)}`;
}
