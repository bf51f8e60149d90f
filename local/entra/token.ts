/** `npm run --silent token -- <sign-in>`: prints an access token for the API of the running stack. */
import { join } from "node:path";
import { SAMPLE_PEOPLE } from "./people.ts";
import { tokenCommand } from "./tokenCommand.ts";

const { stdout, stderr, exitCode } = await tokenCommand(process.argv[2], {
  stateFolder: process.env["PORTAL_SYNC_STATE"] ?? join(import.meta.dirname, "../../.local"),
  people: SAMPLE_PEOPLE,
});
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
