/** What a field of a record holds: the values of its type, or null when it is empty. JSON as it is. */
export type FieldValue = string | number | boolean | null | FieldReference | FieldListItem[];

/** Another thing, by the id and the table it has at its source. */
interface FieldReference {
  id: string;
  table: string;
}

/** A member of a list: the number of a choice, or text. */
export type FieldListItem = string | number;

/** True when two field values are the same. Values come from the mapping in one spelling each, so their JSON decides. */
export function sameValue(left: FieldValue, right: FieldValue): boolean {
  return left === right || (typeof left === "object" && JSON.stringify(left) === JSON.stringify(right));
}
