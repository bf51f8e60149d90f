/**
 * The fixed ids of the sample directory. They never change, so that organizations, tokens and stored
 * records that mention them stay valid from one start of the embedded stack to the next.
 */

/** The directory (tenant) of the sample people. */
export const SAMPLE_TENANT_ID = "0f3a6c52-6d0e-4c1b-9a53-7f0d5a3b1c01";

/** The one app registration that the web portal signs in with and the API is the audience of. */
export const SAMPLE_CLIENT_ID = "5b1d7c84-2e7f-4a6d-8b90-3c9e6f2a4d02";

/** The scope that the web portal asks for, and that the API's tokens carry as `access_as_user`. */
export const SAMPLE_SCOPE = `api://${SAMPLE_CLIENT_ID}/access_as_user`;

/** Groups of organization administrators: what an organization names as its `adminGroupId`. */
export const SAMPLE_GROUPS = {
  contoso: "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11",
  fabrikam: "fab2e6d3-4c5d-4e79-8a32-6f9a8b7c5d12",
  northwind: "4072c7f4-5d6e-4f8a-9b43-7a0b9c8d6e13",
} as const;

/** The app that calls Dataverse by itself (client credentials). The secret is worth nothing outside the embedded stack. */
export const SAMPLE_DATAVERSE_APP = {
  name: "Portal Sync to Dataverse",
  clientId: "d47a1b6e-8c9f-4b0d-a154-8b1c0d9e7f21",
  objectId: "e58b2c7f-9d0a-4c1e-b265-9c2d1e0f8a22",
  secret: "local-dataverse-secret",
} as const;
