import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { ArrowDownload16Regular } from "@fluentui/react-icons";
import { setupScriptWords } from "../../../functions/contracts/setup.ts";
import { CodeBlock } from "../components/CodeBlock.tsx";
import { CopyableText } from "../components/CopyableText.tsx";
import { saveFile } from "../components/saveFile.ts";
import { NumberedStep, NumberedSteps } from "./NumberedSteps.tsx";
import { scriptCommands } from "./scriptCommands.ts";
import type { SetupGuide } from "../../../functions/contracts/setup.ts";

const useStyles = makeStyles({
  button: { alignSelf: "flex-start" },
  line: {
    alignSelf: "flex-start",
    maxWidth: "100%",
    boxSizing: "border-box",
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  printed: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

interface ScriptStepsProps {
  script: SetupGuide["script"];
  /** The script asks for the address of the environment when Portal Sync does not know it. */
  asksForAddress: boolean;
}

/** How to run the script, from the download to what it prints at its end. */
export function ScriptSteps({ script: { fileName, text }, asksForAddress }: ScriptStepsProps) {
  const styles = useStyles();
  const { install, run } = scriptCommands(fileName);
  return (
    <>
      <NumberedSteps>
        <NumberedStep title="Download the script">
          <Text>On a computer with Windows. Leave the file among your downloads.</Text>
          <Button
            className={styles.button}
            icon={<ArrowDownload16Regular />}
            // Windows PowerShell takes a file for UTF-8 only when it begins with this mark.
            onClick={() => saveFile(fileName, new Blob(["\ufeff", text], { type: "text/plain" }))}
          >
            Download {fileName}
          </Button>
        </NumberedStep>
        <NumberedStep title="Open a PowerShell window">
          <Text>
            Press the Windows key, type PowerShell and press Enter. Once on each computer, install what signs
            you in: copy this line, paste it into the window and press Enter. Answer its questions with Y.
          </Text>
          <div className={styles.line}>
            <CopyableText text={install} what="the line that installs the module" />
          </div>
        </NumberedStep>
        <NumberedStep title="Run the script">
          <Text>Paste this line into the same window and press Enter.</Text>
          <div className={styles.line}>
            <CopyableText text={run} what="the line that runs the script" />
          </div>
        </NumberedStep>
        <NumberedStep title="Paste the key when it asks for it">
          <Text>
            {asksForAddress &&
              "It first asks for the EnvironmentUrl: enter the address of the environment, such as https://contoso.crm4.dynamics.com. "}
            At “{setupScriptWords.keyPrompt}” paste the webhook key, with a right click into the window, and
            press Enter; the key does not show. Then a sign-in opens: sign in as a System Administrator of the
            Dynamics environment.
          </Text>
        </NumberedStep>
        <NumberedStep title="Wait until it is done">
          <Text>It prints a line for each request that it sends, and at the end:</Text>
          <div className={styles.line}>
            <span className={styles.printed}>{setupScriptWords.done}</span>
          </div>
          <Text>
            If it stops with a red message instead, that says what is wrong. Put it right, and run the same
            line again: what is registered already is found.
          </Text>
        </NumberedStep>
      </NumberedSteps>
      <Accordion collapsible>
        <AccordionItem value="script">
          <AccordionHeader size="small">Look at the script</AccordionHeader>
          <AccordionPanel>
            <CodeBlock title={fileName} text={text} what="the script" />
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </>
  );
}
