import { describe, expect, it } from "vitest";
import { mask, maskPayload } from "./maskPayload.ts";

const contactId = "3f1d4c52-8f6b-4b6e-9b0e-0d6a5a1b2c3d";
const target = (attributes: { key: string; value: unknown }[]) => ({
  MessageName: "Update",
  PrimaryEntityName: "contact",
  PrimaryEntityId: contactId,
  Depth: 1,
  InputParameters: [
    {
      key: "Target",
      value: {
        __type: "Entity:http://schemas",
        Attributes: attributes,
        Id: contactId,
        LogicalName: "contact",
      },
    },
  ],
});

describe("maskPayload", () => {
  it("hides the values of columns and keeps their names and the message", () => {
    const masked = JSON.stringify(
      maskPayload(
        target([
          { key: "emailaddress1", value: "asa@example.org" },
          { key: "birthdate", value: "/Date(311990400000)/" },
          { key: "annualincome", value: { Value: 512_000 } },
        ]),
      ),
    );
    expect(masked).not.toMatch(/asa@|311990400000|512000/);
    expect(masked).toContain("emailaddress1");
    expect(masked).toContain(`"MessageName":"Update"`);
    expect(masked).toContain(contactId);
  });

  it("hides a column that is called like nothing it knows, in every collection", () => {
    const masked = maskPayload({
      PostEntityImages: [
        { key: "post", value: { FormattedValues: [{ key: "new_diagnosis", value: "Flu" }] } },
      ],
      SharedVariables: [{ key: "note", value: "Åsa called" }],
    });
    expect(JSON.stringify(masked)).not.toMatch(/Flu|Åsa/);
    expect(masked).toMatchObject({ SharedVariables: [{ key: "note", value: mask }] });
  });

  it("keeps what says nothing of a person: empty, yes or no, ids", () => {
    const value = [
      { key: "donotemail", value: true },
      { key: "fax", value: null },
      { key: "ownerid", value: contactId },
    ];
    expect(maskPayload(value)).toEqual(value);
  });
});
