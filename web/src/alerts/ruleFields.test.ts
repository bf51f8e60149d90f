import { describe, expect, it } from "vitest";
import { alertRule, alertSettings, defaultAlertSettings } from "../../../functions/contracts/alerts.ts";
import { ruleFaults, ruleFields, toRuleDraft, withRule } from "./ruleFields.ts";

describe.each(alertRule.options)("the form of the rule %s", (rule) => {
  it("has a field for each of its numbers", () => {
    const names = Object.keys(defaultAlertSettings[rule]).filter((name) => name !== "enabled");
    expect(ruleFields[rule].map(({ name }) => name)).toEqual(names);
  });

  it("gives back what it was given, as the API accepts it", () => {
    const draft = toRuleDraft(defaultAlertSettings, rule);
    expect(ruleFaults(rule, draft)).toEqual({});
    expect(withRule(defaultAlertSettings, rule, draft)).toEqual(defaultAlertSettings);
    expect(alertSettings.parse(withRule(defaultAlertSettings, rule, { ...draft, enabled: "false" }))).toEqual(
      {
        ...defaultAlertSettings,
        [rule]: { ...defaultAlertSettings[rule], enabled: false },
      },
    );
  });

  it("refuses exactly the limits' outside", () => {
    for (const { name, least, most } of ruleFields[rule])
      for (const [value, accepted] of [
        [least, true],
        [most, true],
        [least - 1, false],
        [most + 1, false],
      ] as const) {
        const draft = { ...toRuleDraft(defaultAlertSettings, rule), [name]: String(value) };
        expect(name in ruleFaults(rule, draft)).toBe(!accepted);
        expect(alertSettings.safeParse(withRule(defaultAlertSettings, rule, draft)).success).toBe(accepted);
      }
  });
});
