import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { resolveConnection } from "./connections.ts";
import { appEnvironment, readLocalSettings } from "./localSettings.ts";
import { resolveNames } from "./names.ts";

const directory = mkdtempSync(path.join(tmpdir(), "local-settings-"));
afterAll(() => rmSync(directory, { recursive: true }));

function read(text: string) {
  const file = path.join(directory, "local.settings.json");
  writeFileSync(file, text);
  return readLocalSettings(file);
}

test("values, connection strings and the Host section are read, comments and a byte order mark allowed", () => {
  const settings = read(`\uFEFF{
    "IsEncrypted": false, // not a secret "here"
    "Values": { "URL": "http://x//y", "N": 1, "B": true, "NULL": null },
    /* old */ "ConnectionStrings": { "Sb": "Endpoint=sb://x" },
    "Host": { "LocalHttpPort": 7072, "CORS": "http://a, http://b/", "CORSCredentials": true }
  }`);
  expect(settings).toEqual({
    values: { URL: "http://x//y", N: "1", B: "true", "ConnectionStrings:Sb": "Endpoint=sb://x" },
    port: 7072,
    cors: { origins: ["http://a", "http://b"], credentials: true },
  });
});

test.each([
  ["a file that does not say it is not encrypted", '{"Values":{}}', 'Write "IsEncrypted": false'],
  ["a nested value", '{"IsEncrypted":false,"Values":{"A":{"B":1}}}', "Values.A must be a text"],
  ["text that is not JSON", "{", "is not valid JSON"],
])("%s is refused with the reason", (_what, text, reason) => {
  expect(() => read(text)).toThrow(reason);
});

test("a missing file is an empty one", () => {
  expect(readLocalSettings(path.join(directory, "none.json")).values).toEqual({});
});

test("an existing value that is not empty wins over the file", () => {
  const environment = appEnvironment(
    { A: "kept", B: "" },
    { A: "file", B: "file", C: "file" },
    { appDirectory: "/app", port: 7071 },
  );
  expect(environment).toMatchObject({
    A: "kept",
    B: "file",
    C: "file",
    WEBSITE_HOSTNAME: "localhost:7071",
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
  });
});

test("%names% are replaced, and one without a value or a partner stops the start", () => {
  expect(resolveNames("%A%-%B%/x", { A: "1", B: "2" })).toBe("1-2/x");
  expect(() => resolveNames("%NONE%", {})).toThrow("'%NONE%' does not resolve to a value.");
  expect(() => resolveNames("a%b", {})).toThrow("does not have a closing '%'");
});

test("a connection is looked up by name, AzureWebJobs first, as a string or as a namespace", () => {
  const environment = {
    AzureWebJobsOne: "first",
    One: "second",
    "ConnectionStrings:Two": "two",
    Three__fullyQualifiedNamespace: "x.servicebus.windows.net",
    Three__clientId: "id",
    AzureWebJobsServiceBus: "default",
  };
  expect(resolveConnection("One", environment)).toEqual({ connectionString: "first" });
  expect(resolveConnection("Two", environment)).toEqual({ connectionString: "two" });
  expect(resolveConnection(undefined, environment)).toEqual({ connectionString: "default" });
  expect(resolveConnection("Three", environment)).toEqual({
    fullyQualifiedNamespace: "x.servicebus.windows.net",
    clientId: "id",
    tenantId: undefined,
  });
  expect(() => resolveConnection("Four", environment)).toThrow(
    "Service Bus account connection string with name 'Four' does not exist in the settings.",
  );
});
