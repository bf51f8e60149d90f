import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSettings, settingNames } from "./settings.ts";

const required = {
  ServiceBus: "Endpoint=sb://localhost;SharedAccessKey=a-secret",
  AzureWebJobsStorage: "UseDevelopmentStorage=true",
  ENTRA_TENANT_ID: "0f3a6c52-6d0e-4c1b-9a53-7f0d5a3b1c01",
  ENTRA_CLIENT_ID: "5b1d7c84-2e7f-4a6d-8b90-3c9e6f2a4d02",
  PORTAL_URL: "https://portal.example/",
};
const inAzure = {
  ...required,
  ServiceBus: undefined,
  AzureWebJobsStorage: undefined,
  ServiceBus__fullyQualifiedNamespace: "bus.servicebus.windows.net",
  AzureWebJobsStorage__accountName: "storage",
};

/** The lines of what is wrong. */
function problemsOf(env: Record<string, string | undefined>): string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

describe("reading", () => {
  it("takes the required ones and fills in the rest", () => {
    expect(readSettings(required)).toMatchObject({
      PORTAL_URL: "https://portal.example",
      WEBHOOK_MAX_BYTES: 1_048_576,
      RETRY_BASE_SECONDS: 30,
    });
  });

  it("takes numbers from texts", () => {
    const env = { ...required, WEBHOOK_MAX_BYTES: "2048", RETRY_BASE_SECONDS: "0.5" };
    expect(readSettings(env)).toMatchObject({ WEBHOOK_MAX_BYTES: 2048, RETRY_BASE_SECONDS: 0.5 });
  });

  it("takes an empty text as not set, as the portal of Azure writes it", () => {
    expect(readSettings({ ...required, TEAMS_WEBHOOK_URL: "" }).TEAMS_WEBHOOK_URL).toBeUndefined();
  });

  it.each([
    ["account and namespace", inAzure],
    [
      "addresses of tables and blobs",
      {
        ...inAzure,
        AzureWebJobsStorage__accountName: undefined,
        AzureWebJobsStorage__tableServiceUri: "https://storage.table.example",
        AzureWebJobsStorage__blobServiceUri: "https://storage.blob.example",
      },
    ],
  ])("takes connections by identity: %s", (_, env) => {
    expect(problemsOf(env)).toEqual([]);
  });
});

describe("refusing", () => {
  it("lists all that is missing at once", () => {
    expect(problemsOf({})).toEqual([
      expect.stringContaining("- ServiceBus: set ServiceBus__fullyQualifiedNamespace"),
      expect.stringContaining("- AzureWebJobsStorage: set AzureWebJobsStorage__accountName"),
      "- ENTRA_TENANT_ID: is missing.",
      "- ENTRA_CLIENT_ID: is missing.",
      "- PORTAL_URL: is missing.",
    ]);
  });

  it.each([
    [{ ENTRA_TENANT_ID: "contoso.onmicrosoft.com" }, "- ENTRA_TENANT_ID: is not a GUID."],
    [{ PORTAL_URL: "portal.example" }, "- PORTAL_URL: is not an address that begins with https://."],
    [
      { TEAMS_WEBHOOK_URL: "ftp://teams" },
      "- TEAMS_WEBHOOK_URL: is not an address that begins with https://.",
    ],
    [{ WEBHOOK_MAX_BYTES: "12" }, "- WEBHOOK_MAX_BYTES: is not between 1024 and 16777216."],
    [{ WEBHOOK_MAX_BYTES: "1 MB" }, "- WEBHOOK_MAX_BYTES: is not a number."],
    [{ SECRETS_KEY: "short" }, "- SECRETS_KEY: is not 32 bytes in base64."],
    [{ DATAVERSE_AUTHORITY_METADATA: "{issuer" }, "- DATAVERSE_AUTHORITY_METADATA: is not a JSON object."],
  ])("says what is wrong with %j", (wrong, problem) => {
    expect(problemsOf({ ...required, ...wrong })).toEqual([problem]);
  });

  it("refuses the address of tables alone: it does not say where the blobs are", () => {
    const env = { ...inAzure, AzureWebJobsStorage__accountName: undefined };
    const tablesAlone = { ...env, AzureWebJobsStorage__tableServiceUri: "https://storage.table.example" };
    expect(problemsOf(tablesAlone)).toEqual([expect.stringContaining("AzureWebJobsStorage__blobServiceUri")]);
  });

  it("never repeats a value: it may be a secret", () => {
    const wrong = Object.fromEntries(settingNames.map((name) => [name, "s3cret"]));
    const problems = problemsOf({ ...wrong, WEBHOOK_MAX_BYTES: "s3cret" });
    expect(problems).not.toEqual([]);
    expect(problems.join()).not.toContain("s3cret");
  });
});

describe("local.settings.example.json", () => {
  const text = readFileSync(new URL("../../local.settings.example.json", import.meta.url), "utf8");
  const { Values, Optional, Host, IsEncrypted } = JSON.parse(text) as {
    Values: Record<string, string>;
    Optional: Record<string, string>;
    Host: { CORS: string };
    IsEncrypted: boolean;
  };

  it("names every setting of the app, and no other", () => {
    const { FUNCTIONS_WORKER_RUNTIME, ...values } = Values;
    expect(FUNCTIONS_WORKER_RUNTIME).toBe("node");
    const named = [...Object.keys(values), ...Object.keys(Optional)];
    expect(named.toSorted((a, b) => a.localeCompare(b))).toEqual(
      settingNames.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it("is enough to start the app, and lets its web portal in", () => {
    expect(readSettings(Values).PORTAL_URL).toBe(Host.CORS);
    expect(IsEncrypted).toBe(false);
  });
});
