import { SAMPLE_PEOPLE } from "../entra/people.ts";
import { sampleOrganizations } from "./sampleOrganizations.ts";
import type { StackFile } from "./stackFile.ts";

/** The last thing that the start prints: that it is ready, and what to try. */
export function printWelcome(stack: StackFile): void {
  const [first] = sampleOrganizations;
  console.log(`
Portal Sync is ready: ${stack.portalUrl}
  Sign in as ${SAMPLE_PEOPLE.slice(0, 2)
    .map((person) => `${person.name} (${person.roleLabel.toLowerCase()}, ${person.organization})`)
    .join(" or ")}, then
  edit a member in Dynamics:   ${stack.dynamicsUrl}/${first?.id}
  see the cards Teams got:     ${stack.teamsUrl}
  make traffic:                npm run dynamics -- --organization contoso --rate 50 --count 5000
  get a token for curl:        npm run --silent token -- ${SAMPLE_PEOPLE[0]?.signIn}
  stop:                        Ctrl+C`);
}
