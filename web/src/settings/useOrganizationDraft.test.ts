import { describe, expect, it } from "vitest";
import { guardingVersion, typedMeanwhile } from "./useOrganizationDraft.ts";
import { toDraft } from "./settingsDraft.ts";
import type { SettingsDraft } from "./settingsDraft.ts";
import type { Answer } from "../api/client.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const answer = (etag: string, change: Partial<Organization>): Answer<Organization> => ({
  body: { silenceHours: 24, state: "active", ...change } as Organization,
  etag,
});

it("what is typed while a save is under way stays to be saved", () => {
  const left = (typed: Partial<SettingsDraft>, sent: Partial<SettingsDraft>) => typedMeanwhile(typed, sent);
  const [name, hours] = [{ name: "Contoso" }, { silenceHours: "48" }];
  expect(left({ ...name, ...hours }, name)).toEqual(hours);
  expect(left({ silenceHours: "480" }, hours)).toEqual({ silenceHours: "480" });
  expect(left(hours, hours)).toEqual({});
});

describe("a change is guarded by", () => {
  const started = answer("1", {});

  it("the latest version while the form shows the same, as after a pause", () => {
    const paused = answer("2", { state: "paused" });
    expect(guardingVersion(started, paused, toDraft)).toBe(paused);
  });

  it("the version that typing began from where the form would show something else", () => {
    expect(guardingVersion(started, answer("2", { silenceHours: 12 }), toDraft)).toBe(started);
  });
});
