import type { MappingDraft } from "../contracts/mapping.ts";
import { readValue } from "./readValue.ts";

/** What is wrong with a draft, at the place `mappings.<table>.fields.<field>.default`. */
interface DraftFault {
  field: string;
  message: string;
}

/** Finds the defaults that their own field could not take: such a default would make an error of every new row without a value. */
export function checkDefaults(draft: MappingDraft): DraftFault[] {
  return draft.flatMap((mapping, table) =>
    mapping.fields.flatMap(({ field, type, default: value }, index): DraftFault[] => {
      if (value === undefined) return [];
      const read = readValue(type, value);
      if (!("problem" in read) && read.value !== null) return [];
      const reason = "problem" in read ? read.problem : "is empty";
      return [
        {
          field: `mappings.${table}.fields.${index}.default`,
          message: `The default of ${mapping.table}.${field} is ${JSON.stringify(value)}, which ${reason}.`,
        },
      ];
    }),
  );
}
