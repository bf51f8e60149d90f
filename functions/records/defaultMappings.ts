import type { FieldMapping, FieldType, Mapping, MappingSet } from "../contracts/mapping.ts";

function field(field: string, column: string, type: FieldType = "text"): FieldMapping {
  return { field, column, type };
}

const address: FieldMapping[] = [
  field("addressLine1", "address1_line1"),
  field("addressLine2", "address1_line2"),
  field("postalCode", "address1_postalcode"),
  field("city", "address1_city"),
  field("country", "address1_country"),
];

/** Every table has a state (0 active, 1 inactive) and, finer, a status; a deactivated row stays a record. */
const states: FieldMapping[] = [
  field("state", "statecode", "choice"),
  field("status", "statuscode", "choice"),
];

const member: Mapping = {
  version: 0,
  kind: "member",
  table: "contact",
  idColumn: "contactid",
  fields: [
    field("firstName", "firstname"),
    field("lastName", "lastname"),
    field("fullName", "fullname"),
    field("email", "emailaddress1", "email"),
    field("phone", "telephone1"),
    field("mobilePhone", "mobilephone"),
    field("jobTitle", "jobtitle"),
    field("birthDate", "birthdate", "date"),
    field("company", "parentcustomerid", "reference"),
    ...address,
    field("merged", "merged", "boolean"),
    field("mergedInto", "masterid", "reference"),
    ...states,
  ],
  links: [],
};

const company: Mapping = {
  version: 0,
  kind: "company",
  table: "account",
  idColumn: "accountid",
  fields: [
    field("name", "name"),
    field("number", "accountnumber"),
    field("email", "emailaddress1", "email"),
    field("phone", "telephone1"),
    field("website", "websiteurl"),
    field("primaryContact", "primarycontactid", "reference"),
    field("parentCompany", "parentaccountid", "reference"),
    ...address,
    field("merged", "merged", "boolean"),
    field("mergedInto", "masterid", "reference"),
    ...states,
  ],
  links: [],
};

/** The membership of Microsoft's nonprofit data model. Its category is an N:N link, so a change of level arrives as Associate. */
const membership: Mapping = {
  version: 0,
  kind: "membership",
  table: "msnfp_membership",
  idColumn: "msnfp_membershipid",
  fields: [
    field("name", "msnfp_name"),
    field("holder", "msnfp_customer", "reference"),
    field("startDate", "msnfp_startdate", "date"),
    field("endDate", "msnfp_enddate", "date"),
    ...states,
  ],
  links: [{ relationship: "msnfp_msnfp_membership_msnfp_membershipcategory", field: "categories" }],
};

/** The mappings that an organization starts with. */
export const defaultMappings: MappingSet = [member, company, membership];
