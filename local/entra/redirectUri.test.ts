import { expect, it } from "vitest";
import { isLoopbackRedirectUri } from "./redirectUri.ts";

it.each([
  "http://localhost:5173",
  "http://localhost:5173/",
  "http://localhost:5173/redirect.html",
  "http://127.0.0.1:8080/redirect.html",
  "http://[::1]:5173/",
])("lists %s", (uri) => {
  expect(isLoopbackRedirectUri(uri)).toBe(true);
});

it.each([
  "",
  "not a url",
  "http://portal.example/redirect.html",
  "http://localhost.attacker.example/",
  "http://localhost:5173@attacker.example/",
  "http://someone@localhost:5173/",
  "http://localhost:5173/other.html",
  "http://localhost:5173/redirect.html?next=x",
  "http://localhost:5173/#x",
  "javascript://localhost/%0aalert(1)",
])("does not list %j", (uri) => {
  expect(isLoopbackRedirectUri(uri)).toBe(false);
});
