import { parseArgs } from "node:util";

/** What the person asked for. */
export type TrafficOptions = { organization: string; rate: number; count: number; seed: string };

/** The text of `--help`. */
export const usage = `Makes believable changes in the simulated Dynamics 365 of the running stack.

  npm run dynamics -- --organization contoso --rate 50 --count 5000

  --organization  the organization to change: contoso, fabrikam or northwind (default contoso)
  --rate          changes per second, 1 to 1000 (default 5)
  --count         how many changes to make, then stop (default 100)
  --seed          another word makes other changes
  --help          this text

Most changes edit a member; some create members and memberships or move them to another category, a few delete.
Start the stack first: npm start
`;

/** Reads the command line. What is wrong with it is said in one sentence each. */
export function parseArguments(args: string[]): TrafficOptions | "help" {
  const values = readValues(args);
  if (values.help) return "help";
  return {
    organization: values.organization,
    rate: wholeNumber("--rate", values.rate, 1000),
    count: wholeNumber("--count", values.count, 10_000_000),
    seed: values.seed,
  };
}

function readValues(args: string[]) {
  const text = (initial: string) => ({ type: "string" as const, default: initial });
  const options = {
    organization: text("contoso"),
    rate: text("5"),
    count: text("100"),
    seed: text("traffic"),
  };
  try {
    return parseArgs({ args, options: { ...options, help: { type: "boolean", short: "h" } } }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`${message}. For all options: npm run dynamics -- --help`, { cause });
  }
}

function wholeNumber(name: string, text: string, largest: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= largest) return number;
  throw new RangeError(
    `${name} must be a whole number from 1 to ${largest.toLocaleString("en-US")}, not "${text}".`,
  );
}
