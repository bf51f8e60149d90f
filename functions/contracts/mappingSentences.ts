import type { FieldMapping } from "./mapping.ts";

type Place = Pick<FieldMapping, "field" | "column">;

/** The sentence of an event with a value that its field cannot take; `problem` ends a sentence that begins with the value. */
export function valueInvalid({ field, column }: Place, value: string, problem: string): string {
  return `Column ${column} holds ${value}, which ${problem} (field ${field}).`;
}

/** The sentence of an event without a value that its field requires. */
export function requiredMissing({ field, column }: Place): string {
  return `Column ${column} is empty, but field ${field} requires a value.`;
}

/** The field that one of these sentences is about, so that events lead to it; null for any other sentence. */
export function fieldNamedIn(sentence: string): string | null {
  const [, refused, missing] =
    /^Column \w+ (?:holds .*, which .* \(field (\w+)\)|is empty, but field (\w+) requires a value)\.$/s.exec(
      sentence,
    ) ?? [];
  return refused ?? missing ?? null;
}
