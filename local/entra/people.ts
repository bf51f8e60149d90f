import { SAMPLE_GROUPS } from "./sample.ts";

/** One who can sign in. What a token says about a person comes from here and nowhere else. */
export type Person = {
  /** What the person is called on the command line: `npm run token -- contoso-admin`. */
  signIn: string;
  name: string;
  /** Object id in the directory; the `oid` claim. */
  objectId: string;
  /** The `preferred_username` claim. */
  username: string;
  /** Entra app roles: `Platform.Admin`, `Organization.Admin`. */
  roles: string[];
  /** Ids of the groups the person is in; an organization's `adminGroupId` is one of them. */
  groups: string[];
  /** For the sign-in page alone: the role in words. */
  roleLabel: string;
  /** For the sign-in page alone: where the role holds. */
  organization: string;
};

/** The people of the sample directory, in the order in which the sign-in page lists them. */
export const SAMPLE_PEOPLE: Person[] = [
  {
    signIn: "global-admin",
    name: "Grace Global",
    objectId: "10c8f2a1-7b4d-4e5f-8a61-2d3e4f5a6b31",
    username: "grace@platform.example",
    roles: ["Platform.Admin"],
    groups: [],
    roleLabel: "Global administrator",
    organization: "All organizations",
  },
  {
    signIn: "contoso-admin",
    name: "Carla Contoso",
    objectId: "21d9a3b2-8c5e-4f6a-9b72-3e4f5a6b7c32",
    username: "carla@contoso.example",
    roles: ["Organization.Admin"],
    groups: [SAMPLE_GROUPS.contoso],
    roleLabel: "Organization administrator",
    organization: "Contoso Association",
  },
  {
    signIn: "fabrikam-admin",
    name: "Fabian Fabrikam",
    objectId: "32eab4c3-9d6f-4a7b-8c83-4f5a6b7c8d33",
    username: "fabian@fabrikam.example",
    roles: ["Organization.Admin"],
    groups: [SAMPLE_GROUPS.fabrikam],
    roleLabel: "Organization administrator",
    organization: "Fabrikam Institute",
  },
  {
    signIn: "northwind-admin",
    name: "Nadia Northwind",
    objectId: "43fbc5d4-ae70-4b8c-9d94-5a6b7c8d9e34",
    username: "nadia@northwind.example",
    roles: ["Organization.Admin"],
    groups: [SAMPLE_GROUPS.northwind],
    roleLabel: "Organization administrator",
    organization: "Northwind Society",
  },
  {
    signIn: "no-role",
    name: "Nora Norole",
    objectId: "54acd6e5-bf81-4c9d-8ea5-6b7c8d9eaf35",
    username: "nora@platform.example",
    roles: [],
    groups: [],
    roleLabel: "No role: signs in and may see nothing",
    organization: "No organization",
  },
];
