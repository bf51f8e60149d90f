import { ApiProblem } from "../platform/http/problem.ts";
import type { Seal } from "../platform/seal.ts";
import { SealFault } from "../platform/seal.ts";
import type { StoredOrganization, StoredTeams } from "./storedOrganization.ts";

/** The organizations' own Teams channels. The address of one is a secret: whoever has it can post there. */
export interface TeamsAddresses {
  /** An address as it is stored. Throws 400 when it is not one of Teams, 409 when secrets cannot be kept here. */
  sealTeamsAddress: (organizationId: string, address: string) => StoredTeams;
  /** Where the organization's cards go; null when it has no channel of its own. Throws {@link SealFault} when the address cannot be opened. */
  teamsAddressOf: (organization: Pick<StoredOrganization, "id" | "teams">) => string | null;
}

/** Domains of webhooks for Teams: Power Automate and Logic Apps with their US government clouds, and the older connectors. */
const teamsDomains = [
  ".api.powerplatform.com",
  ".api.powerplatform.us",
  ".logic.azure.com",
  ".logic.azure.us",
  ".webhook.office.com",
];

/**
 * `seal` is null without SECRETS_KEY. An address is taken only for one of the {@link teamsDomains} or of `furtherHosts`
 * (names of hosts): the platform sends requests there, and an administrator of one organization must not choose
 * addresses in its network. Plain HTTP is for `furtherHosts` alone.
 */
export function createTeamsAddresses(seal: Seal | null, furtherHosts: readonly string[]): TeamsAddresses {
  return {
    sealTeamsAddress(organizationId, address) {
      const { hostname } = checkAddress(address, furtherHosts);
      if (!seal)
        throw new ApiProblem(
          409,
          "secrets.notConfigured",
          "No secrets can be kept yet",
          "A Teams address is a secret, and this platform has no key to keep secrets with. Ask its operator to set SECRETS_KEY; until then cards go to the platform's channel.",
        );
      return { host: hostname, sealed: seal.seal(address, purposeOf(organizationId)) };
    },
    teamsAddressOf({ id, teams }) {
      if (!teams) return null;
      if (!seal) throw new SealFault();
      return seal.open(teams.sealed, purposeOf(id));
    },
  };
}

/** A sealed address that is copied to another organization's row does not open there. */
function purposeOf(organizationId: string): string {
  return `teams|${organizationId}`;
}

function checkAddress(address: string, furtherHosts: readonly string[]): URL {
  const url = URL.parse(address);
  if (!url || url.username || url.password) throw refused("This is not a plain web address.");
  const isFurther = furtherHosts.includes(url.hostname);
  const isOfTeams = url.port === "" && teamsDomains.some((domain) => url.hostname.endsWith(domain));
  if (!isFurther && !isOfTeams) throw refused(`${url.hostname} is not a host of Teams Workflows.`);
  if (url.protocol !== "https:" && !isFurther) throw refused("The address must begin with https://.");
  return url;
}

function refused(what: string): ApiProblem {
  const advice = "Use the address that Teams Workflows shows for “When a Teams webhook request is received”.";
  return new ApiProblem(400, "teams.addressRefused", "Not an address of Teams", `${what} ${advice}`);
}
