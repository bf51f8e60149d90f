import { describe, expect, it } from "vitest";
import { environmentRoot } from "./environmentAddress.ts";

describe("environmentRoot", () => {
  it.each([
    ["https://contoso.crm4.dynamics.com", "https://contoso.crm4.dynamics.com"],
    ["https://contoso.crm4.dynamics.com/main.aspx?x=1", "https://contoso.crm4.dynamics.com"],
    ["https://CONTOSO.crm.dynamics.com:443/", "https://contoso.crm.dynamics.com"],
    ["https://contoso.crm.microsoftdynamics.us", "https://contoso.crm.microsoftdynamics.us"],
    ["https://contoso.crm.dynamics.cn", "https://contoso.crm.dynamics.cn"],
  ])("takes %s", (address, origin) => expect(environmentRoot(address)).toBe(origin));

  it.each([
    "http://contoso.crm4.dynamics.com",
    "https://contoso.crm4.dynamics.com:8443",
    "https://dynamics.com.example.org",
    "https://evildynamics.com",
    "https://dynamics.com",
    "https://user:secret@contoso.crm4.dynamics.com",
    "https://169.254.169.254",
    "http://localhost:7099",
    "ftp://contoso.crm4.dynamics.com",
    "contoso",
  ])("refuses %s", (address) => {
    expect(() => environmentRoot(address)).toThrow(/Set the environment's address/);
  });

  it("takes further hosts when they are allowed, without HTTPS only on this machine", () => {
    expect(environmentRoot("http://localhost:7099/x/", ["localhost"])).toBe("http://localhost:7099/x");
    expect(environmentRoot("http://127.0.0.1:7099", ["127.0.0.1:7099"])).toBe("http://127.0.0.1:7099");
    expect(environmentRoot("https://crm.contoso.org", [".contoso.org"])).toBe("https://crm.contoso.org");
    const page = "https://contoso.crm4.dynamics.com/main.aspx";
    expect(environmentRoot(page, [".dynamics.com"])).toBe("https://contoso.crm4.dynamics.com");
    expect(() => environmentRoot("http://127.0.0.1:7098", ["127.0.0.1:7099"])).toThrow("is not a host");
    expect(() => environmentRoot("http://crm.contoso.org", [".contoso.org"])).toThrow("begin with https");
  });
});
