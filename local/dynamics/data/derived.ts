import { asText } from "./columns.ts";
import type { Value } from "./columns.ts";
import type { Caller, Environment } from "./environment.ts";
import type { Table } from "./tables.ts";

type Values = Record<string, Value>;

/** What a new row holds before anything is submitted. */
export function initialValues(table: Table, env: Environment, caller: Caller): Values {
  const values: Values = {};
  for (const column of table.columns.values()) {
    if (column.initial !== undefined) values[column.name] = column.initial;
  }
  if (table.columns.has("ownerid")) {
    values["ownerid"] = { table: "systemuser", id: caller.userId };
    values["owningbusinessunit"] = { table: "businessunit", id: env.businessUnitId };
  }
  return values;
}

/** The columns that the platform computes from submitted ones: the name, and the status that follows the state. */
export function derivedValues(table: Table, merged: Values, submitted: Values): Values {
  const derived: Values = {};
  if (table.name === "contact" && ("firstname" in submitted || "lastname" in submitted)) {
    const fullname = `${asText(merged["firstname"])} ${asText(merged["lastname"])}`.trim();
    derived["fullname"] = fullname;
    derived["yomifullname"] = fullname;
  }
  if ("statecode" in submitted && !("statuscode" in submitted)) {
    derived["statuscode"] = submitted["statecode"] === 0 ? 1 : 2;
  }
  if (table.name === "serviceendpoint" && "authvalue" in submitted) {
    derived["isauthvalueset"] = Boolean(submitted["authvalue"]);
  }
  return derived;
}
