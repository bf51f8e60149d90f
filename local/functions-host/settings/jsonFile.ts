import { readFileSync } from "node:fs";
import { StartError } from "../startError.ts";

/** A token of JSON text that may hold comments: a string, or a comment to be dropped. */
const STRING_OR_COMMENT = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * Reads an object from a JSON file that may hold comments and a byte order mark (the real host's parser
 * takes both). `undefined` when there is no such file; a StartError when it is not a JSON object.
 */
export function readJsonFile(file: string): Record<string, unknown> | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StartError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const bare = text
    .replace(/^\uFEFF/, "")
    .replace(STRING_OR_COMMENT, (token) => (token.startsWith('"') ? token : " "));
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch (error) {
    throw new StartError(`${file} is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new StartError(`${file} must hold a JSON object.`);
  return value as Record<string, unknown>;
}
