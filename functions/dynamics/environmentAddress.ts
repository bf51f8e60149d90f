import { DataverseFault } from "./dataverseFault.ts";

/** Domains of Dataverse: the public cloud and US GCC, US GCC High, US DoD, China. */
const dataverseDomains: readonly string[] = [
  ".dynamics.com",
  ".microsoftdynamics.us",
  ".appsplatform.us",
  ".dynamics.cn",
];

/**
 * What the addresses of an environment begin with: of one of the {@link dataverseDomains} the origin alone, for a path
 * belongs to a page of Dynamics, as people copy it; of any other host the path too. In ASCII.
 */
export function rootOf(address: URL): string {
  return isDataverse(address) ? address.origin : `${address.origin}${address.pathname.replace(/\/+$/, "")}`;
}

/**
 * The root of an environment's Web API, see {@link rootOf}, when a token may be sent there: HTTPS to one of the
 * {@link dataverseDomains}. `furtherHosts` allows more, each as a domain with a leading point or as a host, with its port
 * if it has one; plain HTTP is allowed only for such a host on this very machine.
 * Throws a {@link DataverseFault} of kind `refused`.
 */
export function environmentRoot(address: string, furtherHosts: readonly string[] = []): string {
  const url = URL.parse(address);
  if (!url) throw refused(`"${address}" is not an address.`);
  if (url.username || url.password) throw refused("The address must not contain a user or a password.");
  const further = furtherHosts.some((pattern) => matches(url, pattern));
  if (!further && !(url.port === "" && isDataverse(url))) {
    throw refused(`${url.host} is not a host of Dynamics.`);
  }
  if (url.protocol === "https:" || (further && url.protocol === "http:" && isLoopback(url.hostname))) {
    return rootOf(url);
  }
  throw refused("The address must begin with https.");
}

function isDataverse(url: URL): boolean {
  return dataverseDomains.some((domain) => matches(url, domain));
}

function matches(url: URL, pattern: string): boolean {
  if (pattern.startsWith(".")) return url.hostname.endsWith(pattern);
  return url.host === pattern || url.hostname === pattern;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function refused(what: string): DataverseFault {
  return new DataverseFault(
    "refused",
    `${what} Set the environment's address in the organization's settings, such as https://contoso.crm4.dynamics.com.`,
  );
}
