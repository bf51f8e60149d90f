import { ConfidentialClientApplication } from "@azure/msal-node";
import { DataverseFault } from "./dataverseFault.ts";
import type { DataverseToken } from "./webApi.ts";

/** The platform's own app registration, which is an application user in each organization's environment. */
export interface DataverseSignIn {
  clientId: string;
  /** The platform's own tenant, for organizations that name none. */
  tenantId: string;
  /** A client secret, or a function that yields an assertion of the managed identity the registration trusts. */
  credential: { secret: string } | { assertion: () => Promise<string> };
  /** `https://login.microsoftonline.com` unless told. Has to be https even for a local issuer, where it is only a label. */
  authorityHost?: string;
  /** Hosts of an issuer that is not Entra. */
  knownAuthorities?: string[];
  /** The issuer's metadata as JSON text, used instead of asking for it. */
  authorityMetadata?: string;
}

/** Tokens by client credentials. The library keeps each token until shortly before it expires. Throws {@link DataverseFault}. */
export function createDataverseToken(signIn: DataverseSignIn): DataverseToken {
  const applications = new Map<string, ConfidentialClientApplication>();

  function application(tenantId: string): ConfidentialClientApplication {
    const found = applications.get(tenantId) ?? newApplication(signIn, tenantId);
    applications.set(tenantId, found);
    return found;
  }

  return async (environmentRoot, tenantId) => {
    try {
      const scopes = [`${environmentRoot}/.default`];
      const tenant = tenantId ?? signIn.tenantId;
      const answer = await application(tenant).acquireTokenByClientCredential({ scopes });
      if (answer?.accessToken) return answer.accessToken;
    } catch (error) {
      throw toFault(error);
    }
    throw new DataverseFault("unavailable", "The sign-in service gave no token for Dynamics.");
  };
}

function newApplication(signIn: DataverseSignIn, tenantId: string): ConfidentialClientApplication {
  const { clientId, credential, authorityHost = "https://login.microsoftonline.com" } = signIn;
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      authority: `${authorityHost}/${tenantId}`,
      ...("secret" in credential
        ? { clientSecret: credential.secret }
        : { clientAssertion: credential.assertion }),
      ...(signIn.knownAuthorities ? { knownAuthorities: signIn.knownAuthorities } : {}),
      ...(signIn.authorityMetadata ? { authorityMetadata: signIn.authorityMetadata } : {}),
    },
  });
}

/** The issuer's own refusals carry an OAuth error code; what carries none did not reach it. */
function toFault(error: unknown): DataverseFault {
  const { errorCode = "", errorMessage = "" } = error as { errorCode?: string; errorMessage?: string };
  if (/^(invalid_|unauthorized_|access_denied|unsupported_)/.test(errorCode)) {
    const named = /AADSTS\d+/.exec(errorMessage)?.[0] ?? errorCode;
    const message = `The sign-in service did not let Portal Sync sign in to Dynamics (${named}).`;
    return new DataverseFault("refused", message, null, error, saidOf(errorMessage));
  }
  return new DataverseFault("unavailable", "The sign-in service could not be reached.", null, error);
}

/**
 * Entra's code with its first sentence. The rest is for the operator, who finds it in the log: advice, and ids of the
 * request, tenant and app. The sentence may name such ids too.
 */
function saidOf(errorMessage: string): string | null {
  const sentence = /AADSTS\d+:.*?(?:[.!?](?=\s|$)|(?= - Correlation ID:| Trace ID:|[\r\n]|$))/.exec(
    errorMessage,
  );
  return sentence?.[0].replaceAll(/'?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}'?/gi, "…") ?? null;
}
