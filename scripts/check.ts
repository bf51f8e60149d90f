import { runTool } from "./run.ts";

/** Format, lint, types and tests, in this order; stops at the first that fails. */
const steps: [name: string, tool: string, args: string[]][] = [
  ["Format", "oxfmt/bin/oxfmt", ["--check", "."]],
  ["Lint", "oxlint/bin/oxlint", ["--deny-warnings", "--type-aware"]],
  ["Types of the app and its tools", "typescript/bin/tsc", ["-p", "."]],
  ["Types of the web portal", "typescript/bin/tsc", ["-p", "web"]],
  ["Tests", "../scripts/test.ts", []],
];

for (const [name, tool, args] of steps) {
  console.log(`\n── ${name}`);
  const code = await runTool(tool, args);
  if (code !== 0) {
    console.error(`${name}: failed, see above.`);
    process.exit(code);
  }
}
