import { randomBytes } from "node:crypto";
import type { Caller, Environment } from "../data/environment.ts";
import { ODataError } from "./errors.ts";

/** Says whether a bearer token may use an environment. */
export type Authorize = (token: string, environmentUrl: string) => Promise<boolean>;

/** Who may call the Web API. */
export type Access = {
  /** The caller that a request stands for, or the refusal with its challenge. */
  identify: (request: Request, env: Environment, environmentUrl: string) => Promise<Caller>;
  /** A token for a program on this computer that works as the person of the pages would. */
  openSession: () => string;
};

/** Without `authorize` everyone is let in, as the application user. */
export function createAccess(authorize: Authorize | undefined, authorizationUri: string): Access {
  const sessions = new Set<string>();
  return {
    openSession: () => {
      const token = randomBytes(24).toString("base64url");
      sessions.add(token);
      return token;
    },
    identify: async (request, env, environmentUrl) => {
      const token = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
      if (token && sessions.has(token)) return describe(request, env.editor);
      if (!authorize) return describe(request, env.application);
      if (token && (await authorize(token, environmentUrl))) return describe(request, env.application);
      throw new ODataError(
        401,
        "0x80048306",
        "The access token is missing, expired or not for this environment.",
        {
          "www-authenticate": `Bearer authorization_uri=${authorizationUri}, resource_id=${environmentUrl}/`,
        },
      );
    },
  };
}

function describe(request: Request, caller: Caller): Caller {
  const tag = new URL(request.url).searchParams.get("tag");
  return {
    ...caller,
    userAgent: request.headers.get("user-agent") ?? "",
    acceptLanguage: request.headers.get("accept-language") ?? "",
    tag: tag ?? undefined,
  };
}
