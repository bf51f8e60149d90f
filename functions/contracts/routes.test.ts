import { describe, expect, it } from "vitest";
import { policy } from "../identity/policy.ts";
import { routes } from "./routes.ts";
import type { Route } from "./routes.ts";

const all = Object.entries<Route>(routes);

describe.each(all)("%s", (_, route) => {
  it("names the parameters of its path, the organization as `id`", () => {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(route.params?.shape ?? {})).toEqual(names);
    expect(names[0] ?? "id").toBe("id");
  });

  it("is governed by the policy and says what it is for", () => {
    expect(policy).toHaveProperty([route.action]);
    expect(route.summary).toMatch(/^[A-Z].*[^.]$/);
  });

  it("answers as its status says, and takes a body only to change something", () => {
    expect(route.answer === undefined).toBe(route.status === 204 || route.stream !== undefined);
    expect(route.method === "GET" && route.body !== undefined).toBe(false);
  });
});

it("has every method and path once", () => {
  expect(new Set(all.map(([, { method, path }]) => `${method} ${path}`)).size).toBe(all.length);
});
