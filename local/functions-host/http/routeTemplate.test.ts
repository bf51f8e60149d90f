import { expect, test } from "vitest";
import { compileTemplate } from "./routeTemplate.ts";

test.each([
  ["hello", "Hello", {}],
  ["hello", "hello/", {}],
  ["hello", "hello/x", undefined],
  ["a.b", "axb", undefined],
  ["orders/{id}", "orders/7", { id: "7" }],
  ["orders/{id}", "orders", undefined],
  ["orders/{id}", "orders//x", undefined],
  ["orders/{id?}", "orders", {}],
  ["orders/{id=9}", "orders", { id: "9" }],
  ["orders/{id:int?}", "orders/x", undefined],
  ["orders/{id:int}", "orders/2147483648", undefined],
  ["orders/{id:long}", "orders/2147483648", { id: "2147483648" }],
  ["files/{*rest}", "files/a/b/c", { rest: "a/b/c" }],
  ["files/{*rest}", "files", {}],
  ["{*rest}", "a/b", { rest: "a/b" }],
  ["files/{name}.{extension}", "files/a.b.txt", { name: "a", extension: "b.txt" }],
  ["v{version:int}/x", "v12/x", { version: "12" }],
  ["{id:guid}", "0b0c3c1e-6a3f-4c1c-9a42-6f0b2f6f4f11", { id: "0b0c3c1e-6a3f-4c1c-9a42-6f0b2f6f4f11" }],
  ["{id:guid}", "0b0c3c1e", undefined],
  ["{x:alpha:length(2,3)}", "ab", { x: "ab" }],
  ["{x:alpha:length(2,3)}", "abcd", undefined],
  ["{x:range(1,5)}", "6", undefined],
  ["{x:min(3)}", "3", { x: "3" }],
  ["{x:max(3)}", "4", undefined],
  ["{x:bool}", "TRUE", { x: "TRUE" }],
  ["{x:regex(^\\d{{3}}/?$)}", "123", { x: "123" }],
  ["{x:regex(^\\d{{3}}/?$)}", "1234", undefined],
  ["{x:datetime}", "2026-01-31", { x: "2026-01-31" }],
  ["{x:decimal}", "1.5", { x: "1.5" }],
])("%s with %s gives %j", (template, path, expected) => {
  expect(compileTemplate(template).match(path)).toEqual(expected);
});

test.each(["{id:unknown}", "{id", "{}"])("the template %s is refused", (template) => {
  expect(() => compileTemplate(template)).toThrow(/^the route/);
});
