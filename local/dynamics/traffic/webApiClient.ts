import { z } from "zod";

/** The few Web API calls that traffic makes. Ids of written rows come from the OData-EntityId header. */
export type WebApiClient = {
  /** The ids of a table's rows, at most `limit`. */
  ids: (setName: string, primaryKey: string, limit: number) => Promise<string[]>;
  create: (setName: string, body: object) => Promise<string>;
  update: (setName: string, id: string, body: object) => Promise<void>;
  remove: (setName: string, id: string) => Promise<void>;
  /** The ids of the rows at the other end of a relationship. */
  linked: (setName: string, id: string, navigation: string, primaryKey: string) => Promise<string[]>;
  disassociate: (setName: string, id: string, navigation: string, targetId: string) => Promise<void>;
  associate: (setName: string, id: string, navigation: string, target: string) => Promise<void>;
};

/** A request that the environment refused. */
export class RefusedRequest extends Error {
  readonly status: number;

  constructor(method: string, path: string, status: number) {
    super(`${method} ${path} was answered ${status}.`);
    this.name = "RefusedRequest";
    this.status = status;
  }
}

async function request(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (cause) {
    throw new Error("The simulated Dynamics 365 stopped answering. Is the stack still running?", { cause });
  }
}

const idPage = z.object({ value: z.array(z.record(z.string(), z.unknown())) });

/** Talks to the Web API of one environment. */
export function webApiClient(environmentUrl: string, token: string): WebApiClient {
  const root = `${environmentUrl}/api/data/v9.2`;
  const send = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await request(`${root}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        "accept-language": "en-US",
        "content-type": "application/json",
        "odata-version": "4.0",
        "odata-maxversion": "4.0",
        "user-agent": "membership-office",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new RefusedRequest(method, path, response.status);
    return response;
  };
  const sendAndDrain = async (method: string, path: string, body?: object) => {
    const response = await send(method, path, body);
    await response.arrayBuffer();
    return response;
  };
  const readIds = async (path: string, primaryKey: string) => {
    const response = await send("GET", path);
    return idPage.parse(await response.json()).value.map((row) => String(row[primaryKey]));
  };
  return {
    ids: (setName, primaryKey, limit) =>
      readIds(`${setName}?$select=${primaryKey}&$filter=statecode eq 0&$top=${limit}`, primaryKey),
    linked: (setName, id, navigation, primaryKey) =>
      readIds(`${setName}(${id})/${navigation}?$select=${primaryKey}`, primaryKey),
    disassociate: async (setName, id, navigation, targetId) => {
      await sendAndDrain("DELETE", `${setName}(${id})/${navigation}(${targetId})/$ref`);
    },
    create: async (setName, body) => {
      const response = await sendAndDrain("POST", setName, body);
      return /\(([^)]+)\)$/.exec(response.headers.get("odata-entityid") ?? "")?.[1] ?? "";
    },
    update: async (setName, id, body) => {
      await sendAndDrain("PATCH", `${setName}(${id})`, body);
    },
    remove: async (setName, id) => {
      await sendAndDrain("DELETE", `${setName}(${id})`);
    },
    associate: async (setName, id, navigation, target) => {
      await sendAndDrain("POST", `${setName}(${id})/${navigation}/$ref`, {
        "@odata.id": `${root}/${target}`,
      });
    },
  };
}
