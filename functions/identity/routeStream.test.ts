import { HttpRequest, InvocationContext } from "@azure/functions";
import { expect, it } from "vitest";
import { routes } from "../contracts/routes.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { guarded } from "./route.ts";
import type { RouteServices } from "./route.ts";

const services: RouteServices = {
  authenticate: async () => ({
    ...{ id: "1", name: "Carla", signInName: null, roles: ["Platform.Admin"], groups: [] },
  }),
  directory: {
    find: async () => ({ id: "contoso", name: "Contoso", adminGroupId: null }) as StoredOrganization,
  } as unknown as RouteServices["directory"],
};

it("a stream whose open answer is not found is sent all the same; that is logged once", async () => {
  const logged: unknown[] = [];
  async function* texts() {
    yield "a,b";
  }
  const reply = async () => ({ body: texts() });
  const { handler } = guarded(routes.exportEvents, services, reply);
  const answers: string[] = [];
  for (const invocationId of ["call-1", "call-2"]) {
    const url = "http://localhost/api/organizations/contoso/portal/export?format=csv";
    const request = new HttpRequest({ method: "GET", url, query: { format: "csv" } });
    const logHandler = (level: string, ...values: unknown[]) => logged.push([level, ...values]);
    const answer = await handler(request, new InvocationContext({ invocationId, logHandler }));
    answers.push(await new Response((answer as { body: ReadableStream }).body).text());
  }
  expect(answers).toEqual(["a,b", "a,b"]);
  expect(logged).toEqual([["warning", expect.stringContaining("was not found")]]);
});
