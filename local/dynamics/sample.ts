/** The three sample organizations. Their ids are part of the sample data of the whole embedded stack. */
export const sampleEnvironments = [
  { id: "contoso", name: "Contoso Association", organizationId: "0f6d2c1a-5b3e-4d84-9a71-2c8e5f1b7a01" },
  { id: "fabrikam", name: "Fabrikam Institute", organizationId: "3b9e7d54-8c1f-4a26-b0d5-6e4f9a2c8b02" },
  { id: "northwind", name: "Northwind Society", organizationId: "7c4a1e98-2d6b-4f53-8e39-d15b0a7f6c03" },
] as const;

/**
 * How endpoints of an environment are registered when nobody says otherwise: 0 sends text beyond ASCII encoded
 * twice, as older registrations do, so that one sample organization shows what the platform must repair.
 */
export function sampleMessageCharset(environmentId: string): 0 | 1 {
  return environmentId === "fabrikam" ? 0 : 1;
}
