import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openApi } from "./openApi.ts";
import { routes } from "./routes.ts";
import type { Route } from "./routes.ts";

const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema }));
/** What OpenAPI 3.1 requires of the parts that are used here. */
const document = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.object({ title: z.string(), version: z.string() }),
  components: z.object({ schemas: z.record(z.string(), schema), securitySchemes: schema }),
  paths: z.record(
    z.string().regex(/^\/api\//),
    z.partialRecord(
      z.enum(["get", "post", "patch", "delete"]),
      z.strictObject({
        operationId: z.string(),
        summary: z.string(),
        parameters: z.array(
          z.strictObject({
            name: z.string(),
            in: z.enum(["path", "query", "header"]),
            required: z.boolean(),
            schema,
          }),
        ),
        security: z.array(z.strictObject({ entra: z.array(z.string()) })).optional(),
        requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
        responses: z.record(
          z.string().regex(/^(\d{3}|default)$/),
          z.strictObject({
            description: z.string(),
            headers: schema.optional(),
            content: content.optional(),
          }),
        ),
      }),
    ),
  ),
});

// As a client gets it.
const described = document.parse(JSON.parse(JSON.stringify(openApi())));

describe("the description of the API", () => {
  it.each(Object.entries<Route>(routes))("describes %s as its contract has it", (name, route) => {
    const method = route.method.toLowerCase() as "get";
    const operation = described.paths[`/api/${route.path}`]?.[method];
    const parameters = operation?.parameters.map(({ name, in: where, required }) => ({
      name,
      where,
      required,
    }));
    const named = (object: z.ZodObject | undefined, where: string) =>
      Object.keys(object?.shape ?? {}).map((name) => ({ name, where, required: where === "path" }));
    const ifMatch = { name: "If-Match", where: "header", required: true };
    expect(operation?.operationId).toBe(name);
    expect(parameters).toEqual([
      ...named(route.params, "path"),
      ...named(route.query, "query"),
      ...(route.ifMatch || (route.versioned && route.method === "PATCH") ? [ifMatch] : []),
    ]);
    expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
    const { status = 200 } = route;
    expect(Object.keys(operation?.responses ?? {})).toEqual([String(status), "default"]);
    expect(operation?.responses[status]?.headers !== undefined).toBe(route.versioned === true);
  });

  it("has no operation that no route serves", () => {
    const operations = Object.values(described.paths).flatMap((path) => Object.keys(path));
    expect(operations).toHaveLength(Object.keys(routes).length);
  });

  it("asks for a token everywhere but for itself", () => {
    const open = Object.entries(described.paths).filter(([, path]) => path.get && !path.get.security);
    expect(open.map(([path]) => path)).toEqual(["/api/openapi.json"]);
  });

  it("says of fields what a client must know: format, limits, and that null is a value", () => {
    const page = described.paths["/api/organizations/{id}/portal/events"]?.get;
    expect(page?.parameters.find(({ name }) => name === "limit")?.schema).toEqual({
      type: "integer",
      minimum: 1,
      maximum: 200,
      default: 50,
    });
    expect(JSON.stringify(page?.responses["200"])).toContain('"nextCursor":{"type":["string","null"]}');
  });

  it("refers only to what it holds", () => {
    const references = JSON.stringify(described).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(new Set(references)).toEqual(new Set(['"$ref":"#/components/schemas/Problem"']));
    expect(described.components.schemas).toHaveProperty("Problem");
  });
});
