import type { MappingSet } from "../contracts/mapping.ts";

/** A step to be registered: a message for a table, or for links of whatever tables. */
export interface StepRegistration {
  message: "Create" | "Update" | "Delete" | "Associate" | "Disassociate";
  /** Null for links, which Dynamics registers without a table. */
  table: string | null;
  /** Columns whose change starts the step and of which the value before is sent; only for Update. */
  columns: readonly string[];
}

/** What the platform names what it registers. */
export const registeredName = "Portal Sync";
/** The name under which the values before a change are sent. */
export const preImageAlias = "before";
/** What stands for the webhook key until the person who registers enters it. */
const keyPlaceholder = "{webhookKey}";

const webhookContract = 8;
const webhookKeyAuthentication = 4;
const json = 2;
const utf8 = 1;
const postOperation = 40;
const asynchronous = 1;
const preImage = 0;

/** The steps that an organization's mappings need: three for each table, and two where links are mapped. */
export function stepRegistrations(mappings: MappingSet): StepRegistration[] {
  const rows = mappings.flatMap(({ table, fields }): StepRegistration[] => {
    const columns = [...new Set(fields.map(({ column }) => column))];
    return [
      { message: "Create", table, columns: [] },
      // Without columns a step would run on every change, also on those that are none of the platform's business.
      ...(columns.length > 0 ? [{ message: "Update" as const, table, columns }] : []),
      { message: "Delete", table, columns: [] },
    ];
  });
  if (mappings.every(({ links }) => links.length === 0)) return rows;
  return [
    ...rows,
    { message: "Associate", table: null, columns: [] },
    { message: "Disassociate", table: null, columns: [] },
  ];
}

/** The row of table `serviceendpoint`. Texts are sent as UTF-8: the default can send them encoded twice. */
export function endpointRow(webhookUrl: string) {
  return {
    name: registeredName,
    url: webhookUrl,
    contract: webhookContract,
    authtype: webhookKeyAuthentication,
    authvalue: keyPlaceholder,
    messageformat: json,
    messagecharset: utf8,
  };
}

/** The row of table `sdkmessageprocessingstep`; the last three are the ids of the endpoint, the message and its filter. */
export function stepRow(step: StepRegistration, endpoint: string, message: string, filter: string | null) {
  return {
    name: stepName(step),
    stage: postOperation,
    mode: asynchronous,
    rank: 1,
    supporteddeployment: 0,
    asyncautodelete: true,
    ...(step.columns.length > 0 ? { filteringattributes: step.columns.join(",") } : {}),
    "eventhandler_serviceendpoint@odata.bind": `/serviceendpoints(${endpoint})`,
    "sdkmessageid@odata.bind": `/sdkmessages(${message})`,
    ...(filter === null ? {} : { "sdkmessagefilterid@odata.bind": `/sdkmessagefilters(${filter})` }),
  };
}

/** What is brought up to date of a step that is there already. */
export function stepChange(step: StepRegistration) {
  return {
    name: stepName(step),
    asyncautodelete: true,
    ...(step.columns.length > 0 ? { filteringattributes: step.columns.join(",") } : {}),
    statecode: 0,
    statuscode: 1,
  };
}

/** The row of table `sdkmessageprocessingstepimage`: the values before an Update, of the mapped columns only. */
export function imageRow(step: StepRegistration, stepId: string) {
  return {
    ...imageChange(step),
    entityalias: preImageAlias,
    imagetype: preImage,
    messagepropertyname: "Target",
    "sdkmessageprocessingstepid@odata.bind": `/sdkmessageprocessingsteps(${stepId})`,
  };
}

/** What is brought up to date of an image that is there already. */
export function imageChange(step: StepRegistration) {
  return { name: preImageAlias, attributes: step.columns.join(",") };
}

/** `Portal Sync: contact.Update`, as events name their type. */
export function stepName({ message, table }: StepRegistration): string {
  return `${registeredName}: ${table === null ? message : `${table}.${message}`}`;
}
