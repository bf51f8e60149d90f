import type { MappingSet } from "../contracts/mapping.ts";
import type { SetupRequest, SetupStep } from "../contracts/setup.ts";
import { quote } from "../platform/odata.ts";
import {
  endpointRow,
  imageChange,
  imageRow,
  preImageAlias,
  registeredName,
  stepChange,
  stepRegistrations,
  stepRow,
} from "./registration.ts";
import type { StepRegistration } from "./registration.ts";

const api = "/api/data/v9.2";

/** The steps that set up an environment, each by hand and by requests. What is there already is found first. */
export function setupSteps(webhookUrl: string, mappings: MappingSet): SetupStep[] {
  const registrations = stepRegistrations(mappings);
  const byTable = Map.groupBy(registrations, ({ table }) => table);
  const messages = [...new Set(registrations.map(({ message }) => message))];
  return [
    checkEnvironment(),
    registerEndpoint(webhookUrl),
    findMessages(messages),
    ...[...byTable].map(([table, steps]) =>
      table === null ? registerLinks(steps) : registerTable(table, steps),
    ),
  ];
}

function checkEnvironment(): SetupStep {
  return {
    title: "Open the right environment",
    byHand:
      "Sign in to the Dynamics environment of this organization as a system administrator. Compare its organization id with the one in the settings here: every event carries it, and events of another environment are refused.",
    requests: [get("WhoAmI")],
  };
}

function registerEndpoint(webhookUrl: string): SetupStep {
  const { contract, url, ...change } = endpointRow(webhookUrl);
  const found = `contract eq ${contract} and url eq ${quote(url)}`;
  return {
    title: "Register the webhook",
    byHand: `In the Plug-in Registration Tool choose Register > Register New Web Hook. Name: ${registeredName}. Endpoint URL: the webhook address. Authentication: WebhookKey, with a key of this organization as the value. The tool cannot set the character set: send the last request below for that.`,
    requests: [
      get(`serviceendpoints?$select=serviceendpointid&$filter=${found}`, {
        name: "endpoint",
        property: "serviceendpointid",
      }),
      post("serviceendpoints", endpointRow(webhookUrl), { name: "endpoint", property: "serviceendpointid" }),
      patch("serviceendpoints({endpoint})", change),
    ],
  };
}

function findMessages(messages: readonly string[]): SetupStep {
  return {
    title: "Find the messages",
    byHand: "Nothing to do: the tool finds them by name.",
    requests: messages.map((message) =>
      get(
        `sdkmessages?$select=sdkmessageid&$filter=name eq ${quote(message)}`,
        { name: messageId(message), property: "sdkmessageid" },
        `Dynamics does not know the message ${message}.`,
      ),
    ),
  };
}

function registerTable(table: string, steps: readonly StepRegistration[]): SetupStep {
  const update = steps.find(({ message }) => message === "Update");
  const columns = update?.columns.join(", ");
  const onUpdate = update
    ? ` For Update, choose these filtering attributes: ${columns}. Then choose Register New Image on the step of Update: a pre-image with the name and alias ${preImageAlias} and the same columns.`
    : "";
  return {
    title: `Send the changes of ${table}`,
    byHand: `On the web hook choose Register New Step, once for each of the messages ${names(steps)}. Primary entity: ${table}. Stage: PostOperation. Execution mode: Asynchronous. Tick "Delete AsyncOperation if StatusCode = Successful".${onUpdate}`,
    requests: steps.flatMap(stepRequests),
  };
}

function registerLinks(steps: readonly StepRegistration[]): SetupStep {
  return {
    title: "Send the changes of links",
    byHand: `On the web hook choose Register New Step, once for each of the messages ${names(steps)}. Leave the primary entity empty. Stage: PostOperation. Execution mode: Asynchronous. Tick "Delete AsyncOperation if StatusCode = Successful". Dynamics then sends the links of every table; those that are not mapped are skipped here.`,
    requests: steps.flatMap(stepRequests),
  };
}

function stepRequests(step: StepRegistration): SetupRequest[] {
  const { message, table } = step;
  const of = table === null ? message : `${table}.${message}`;
  const [filterId, stepId, imageId] = [`filter of ${of}`, `step of ${of}`, `image of ${of}`];
  const filter = table === null ? "null" : `{${filterId}}`;
  const registered = `_sdkmessageid_value eq {${messageId(message)}} and _sdkmessagefilterid_value eq ${filter}`;
  const row = stepRow(step, "{endpoint}", `{${messageId(message)}}`, table === null ? null : filter);
  const stepKept = { name: stepId, property: "sdkmessageprocessingstepid" };
  const requests: SetupRequest[] = [
    get(
      `serviceendpoints({endpoint})/serviceendpoint_sdkmessageprocessingstep?$select=sdkmessageprocessingstepid&$filter=${registered}`,
      stepKept,
    ),
    post("sdkmessageprocessingsteps", row, stepKept),
    patch(`sdkmessageprocessingsteps({${stepId}})`, stepChange(step)),
  ];
  if (table !== null) {
    const wanted = `primaryobjecttypecode eq ${quote(table)} and _sdkmessageid_value eq {${messageId(message)}}`;
    requests.unshift(
      get(
        `sdkmessagefilters?$select=sdkmessagefilterid&$filter=${wanted}`,
        { name: filterId, property: "sdkmessagefilterid" },
        `Dynamics has no table ${table}, or it cannot send ${message} of it. Compare the mapping with the environment.`,
      ),
    );
  }
  if (step.columns.length > 0) {
    const found = `_sdkmessageprocessingstepid_value eq {${stepId}} and entityalias eq ${quote(preImageAlias)}`;
    const imageKept = { name: imageId, property: "sdkmessageprocessingstepimageid" };
    requests.push(
      get(
        `sdkmessageprocessingstepimages?$select=sdkmessageprocessingstepimageid&$filter=${found}`,
        imageKept,
      ),
      post("sdkmessageprocessingstepimages", imageRow(step, `{${stepId}}`), imageKept),
      patch(`sdkmessageprocessingstepimages({${imageId}})`, imageChange(step)),
    );
  }
  return requests;
}

function get(path: string, keep: SetupRequest["keep"] = null, ifNothing: string | null = null): SetupRequest {
  return { method: "GET", url: `${api}/${path}`, when: "always", keep, ifNothing };
}

/** Sent when the search before it found nothing. */
function post(path: string, body: object, keep: SetupRequest["keep"]): SetupRequest {
  return { method: "POST", url: `${api}/${path}`, body, when: "missing", keep, ifNothing: null };
}

/** Sent when the search before it found a row. */
function patch(path: string, body: object): SetupRequest {
  return { method: "PATCH", url: `${api}/${path}`, body, when: "found", keep: null, ifNothing: null };
}

const messageId = (message: string) => `message ${message}`;
const names = (steps: readonly StepRegistration[]) => steps.map(({ message }) => message).join(", ");
