import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Captured and synthetic webhook bodies lie beside the repository; where they do not, tests that read them are skipped. */
const folder = new URL("../../../../shared/samples/dynamics/", import.meta.url);

/** False where the sample bodies are not at hand. */
export const samplesExist = existsSync(folder);

/** A body by the beginning of its file's name, such as `09` or `S4`. */
export function sample(name: string): string {
  for (const place of [folder, new URL("synthetic/", folder)]) {
    const file = readdirSync(place).find((one) => one.startsWith(`${name}-`));
    if (file) return readFileSync(new URL(file, place), "utf8");
  }
  throw new Error(`There is no sample ${name}.`);
}

/** The short names of all samples. */
export function sampleNames(): string[] {
  const files = samplesExist ? [...readdirSync(folder), ...readdirSync(new URL("synthetic/", folder))] : [];
  return files.filter((file) => file.endsWith(".json")).map((file) => file.split("-", 1)[0] ?? file);
}
