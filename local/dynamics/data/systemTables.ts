import { choice, column, initially, lookup, readOnly, text, yesNo } from "./columns.ts";
import type { TableDefinition } from "./tables.ts";

const internal = { changeTracking: false, raisesMessages: false };

/** The tables through which webhooks are registered and watched, and the users. */
export const systemTables: TableDefinition[] = [
  {
    ...internal,
    name: "systemuser",
    setName: "systemusers",
    primaryName: "fullname",
    columns: readOnly(
      text("fullname", 200),
      text("domainname", 1024),
      column("azureactivedirectoryobjectid", "guid"),
      column("applicationid", "guid"),
    ),
  },
  {
    ...internal,
    name: "serviceendpoint",
    setName: "serviceendpoints",
    primaryName: "name",
    columns: [
      text("name", 256),
      text("url", 2000),
      choice("contract", { 8: "Webhook" }),
      choice("authtype", { 4: "Webhook Key", 5: "Http Header", 6: "Http Query String" }),
      { ...text("authvalue", 2048), secret: true },
      ...readOnly(initially(yesNo("isauthvalueset"), false)),
      initially(choice("messageformat", { 1: "Binary XML", 2: "Json", 3: "Text XML" }), 2),
      initially(choice("messagecharset", { 0: "Default", 1: "UTF8" }), 0),
      initially(choice("connectionmode", { 1: "Normal" }), 1),
      initially(choice("userclaim", { 1: "None", 2: "UserId", 3: "UserInfo" }), 1),
    ],
    collections: [
      {
        navigation: "serviceendpoint_sdkmessageprocessingstep",
        table: "sdkmessageprocessingstep",
        lookup: "eventhandler",
      },
    ],
  },
  {
    ...internal,
    name: "sdkmessage",
    setName: "sdkmessages",
    primaryName: "name",
    columns: readOnly(text("name", 256)),
    collections: [
      { navigation: "sdkmessageid_sdkmessagefilter", table: "sdkmessagefilter", lookup: "sdkmessageid" },
    ],
  },
  {
    ...internal,
    name: "sdkmessagefilter",
    setName: "sdkmessagefilters",
    primaryName: "primaryobjecttypecode",
    columns: readOnly(
      text("primaryobjecttypecode", 64),
      text("secondaryobjecttypecode", 64),
      lookup("sdkmessageid", "sdkmessage"),
    ),
  },
  {
    ...internal,
    name: "sdkmessageprocessingstep",
    setName: "sdkmessageprocessingsteps",
    primaryName: "name",
    columns: [
      text("name", 256),
      text("description", 256),
      choice("stage", { 10: "Pre-validation", 20: "Pre-operation", 40: "Post-operation" }),
      choice("mode", { 0: "Synchronous", 1: "Asynchronous" }),
      initially(column("rank", "integer"), 1),
      initially(choice("supporteddeployment", { 0: "Server Only" }), 0),
      initially(yesNo("asyncautodelete"), false),
      text("filteringattributes", 100_000),
      lookup("eventhandler", { table: "serviceendpoint", navigation: "eventhandler_serviceendpoint" }),
      lookup("sdkmessageid", "sdkmessage"),
      lookup("sdkmessagefilterid", "sdkmessagefilter"),
      initially(choice("statecode", { 0: "Enabled", 1: "Disabled" }), 0),
      initially(choice("statuscode", { 1: "Enabled", 2: "Disabled" }), 1),
    ],
    collections: [
      {
        navigation: "sdkmessageprocessingstepid_sdkmessageprocessingstepimage",
        table: "sdkmessageprocessingstepimage",
        lookup: "sdkmessageprocessingstepid",
      },
    ],
  },
  {
    ...internal,
    name: "sdkmessageprocessingstepimage",
    setName: "sdkmessageprocessingstepimages",
    primaryName: "name",
    columns: [
      text("name", 256),
      text("entityalias", 256),
      choice("imagetype", { 0: "PreImage", 1: "PostImage", 2: "Both" }),
      text("messagepropertyname", 256),
      text("attributes", 100_000),
      lookup("sdkmessageprocessingstepid", "sdkmessageprocessingstep"),
    ],
  },
  {
    ...internal,
    name: "asyncoperation",
    setName: "asyncoperations",
    primaryName: "name",
    columns: readOnly(
      text("name", 256),
      choice("operationtype", { 1: "System Event" }),
      text("messagename", 160),
      text("primaryentitytype", 64),
      text("friendlymessage", 10_000),
      text("message", 100_000),
      column("errorcode", "integer"),
      column("retrycount", "integer"),
      column("startedon", "datetime"),
      column("completedon", "datetime"),
      column("correlationid", "guid"),
      column("requestid", "guid"),
      lookup("owningextensionid", {
        table: "sdkmessageprocessingstep",
        navigation: "owningextensionid",
      }),
      lookup("regardingobjectid", "contact", "account", "msnfp_membership", "msnfp_membershipcategory"),
      choice("statecode", { 0: "Ready", 1: "Suspended", 2: "Locked", 3: "Completed" }),
      choice("statuscode", {
        0: "Waiting For Resources",
        10: "Waiting",
        20: "In Progress",
        30: "Succeeded",
        31: "Failed",
        32: "Canceled",
      }),
    ),
  },
];
