import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { SetupRequest } from "../contracts/setup.ts";
import { defaultMappings } from "../records/defaultMappings.ts";
import { setupSteps } from "./setupSteps.ts";

const document = readFileSync(new URL("../../docs/dynamics-setup.md", import.meta.url), "utf8");
const steps = setupSteps("https://<functions app>/api/webhooks/dynamics/<id>", defaultMappings);

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

/** The requests that the document shows. */
const shown = [...document.matchAll(/```http\n([\s\S]*?)\n```/g)].map(([, text = ""]) => {
  const [head = "", ...rest] = text.split("\n\n");
  const [method, ...url] = head.split(" ");
  const body = rest.length === 0 ? {} : { body: JSON.parse(rest.join("\n")) as unknown };
  return { method, url: url.join(" "), ...body };
});
const plain = ({ method, url, body }: SetupRequest) => ({
  method,
  url,
  ...(body === undefined ? {} : { body }),
});

it("the document has the steps that the portal shows, in their order", () => {
  const titles = [...document.matchAll(/^### \d+\. (.+)$/gm)].map(([, title]) => title);
  expect(titles).toEqual(steps.map(({ title }) => title));
});

it.each(steps.map((step) => [step.title, step] as const))(
  "%s: by hand as the portal says it",
  (_, { byHand }) => {
    expect(oneLine(document)).toContain(oneLine(byHand));
  },
);

it("the document shows the requests that are sent once, and those for one table", () => {
  const expected = steps
    .filter(({ title }) => !title.startsWith("Send the changes of") || title.endsWith(" contact"))
    .flatMap(({ requests }) => requests)
    .filter(
      (request) =>
        !/contact\.(Create|Delete)|primaryobjecttypecode.*{message (Create|Delete)}/.test(
          JSON.stringify(request),
        ),
    );
  expect(
    shown.filter(
      ({ url }) => !url.includes("asyncoperations") && !url.includes("(<id>)") && !url.endsWith("url"),
    ),
  ).toEqual(expected.map(plain));
});
