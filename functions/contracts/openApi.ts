import { z } from "zod";
import { problem } from "./common.ts";
import { routes } from "./routes.ts";
import type { Route } from "./routes.ts";

/** OpenAPI 3.1 description of the API, made from the contracts, so that the two cannot differ. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operationId, route] of Object.entries<Route>(routes)) {
    const path = (paths[`/api/${route.path}`] ??= {});
    path[route.method.toLowerCase()] = operation(operationId, route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Portal Sync",
      version: "1",
      description:
        "Sync status and event history of portal integrations. Times are ISO 8601 in UTC; what is absent is null.",
    },
    components: {
      securitySchemes: { entra: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { Problem: schema(problem, "output") },
    },
    paths,
  };
}

function operation(operationId: string, route: Route): object {
  const parameters = [
    ...parametersOf(route.params, "path"),
    ...parametersOf(route.query, "query"),
    ...(route.ifMatch || (route.versioned && route.method === "PATCH")
      ? [{ name: "If-Match", in: "header", required: true, schema: { type: "string" } }]
      : []),
  ];
  return {
    operationId,
    summary: route.summary,
    parameters,
    ...(route.action === "description.read" ? {} : { security: [{ entra: [] }] }),
    ...(route.body ? { requestBody: { required: true, content: json(schema(route.body, "input")) } } : {}),
    responses: {
      [route.status ?? 200]: {
        description: route.status === 204 ? "Done" : "OK",
        ...(route.versioned ? { headers: { ETag: { schema: { type: "string" } } } } : {}),
        ...(route.answer ? { content: json(schema(route.answer, "output")) } : {}),
        ...(route.stream ? { content: files(route.stream) } : {}),
      },
      default: {
        description: "Refused or failed",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function parametersOf(object: z.ZodObject | undefined, where: "path" | "query"): object[] {
  return Object.entries(object?.shape ?? {}).map(([name, type]) => ({
    name,
    in: where,
    required: where === "path",
    schema: schema(type as z.ZodType, "input"),
  }));
}

function schema(type: z.ZodType, io: "input" | "output"): object {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: "any" });
  return rest;
}

function json(content: object): object {
  return { "application/json": { schema: content } };
}

function files(types: readonly string[]): object {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: "string", format: "binary" } }]));
}
