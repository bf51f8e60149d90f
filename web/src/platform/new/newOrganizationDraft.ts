import {
  checkAddress,
  checkGuid,
  checkName,
  checkOrganizationId,
  optional,
  suggestId,
} from "../../settings/checks.ts";
import type { NewOrganization } from "../../../../functions/contracts/organizations.ts";

/** A new organization as the form holds it. */
export interface NewOrganizationDraft {
  name: string;
  /** Null as long as it follows the name. */
  id: string | null;
  dynamicsOrganizationId: string;
  environmentUrl: string;
  adminGroupId: string;
}

export const emptyDraft: NewOrganizationDraft = {
  name: "",
  id: null,
  dynamicsOrganizationId: "",
  environmentUrl: "",
  adminGroupId: "",
};

export const newOrganizationChecks = {
  name: checkName,
  id: checkOrganizationId,
  dynamicsOrganizationId: checkGuid,
  environmentUrl: optional(checkAddress),
  adminGroupId: optional(checkGuid),
};

/** The draft with the id that it would get. */
export function withId(draft: NewOrganizationDraft): NewOrganizationDraft & { id: string } {
  return { ...draft, id: draft.id ?? suggestId(draft.name) };
}

/** What is sent to make the organization. */
export function toNewOrganization(draft: NewOrganizationDraft): NewOrganization {
  const { name, id, dynamicsOrganizationId, environmentUrl, adminGroupId } = withId(draft);
  return {
    id,
    name: name.trim(),
    dynamicsOrganizationId: dynamicsOrganizationId.trim(),
    environmentUrl: environmentUrl.trim() || null,
    adminGroupId: adminGroupId.trim() || null,
    silenceHours: 24,
  };
}
