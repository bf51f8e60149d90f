import type { RejectionReason } from "../contracts/rejections.ts";
import type { Directory } from "../organizations/directory.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { checkKey } from "../organizations/webhookKey.ts";
import type { HttpRequest } from "@azure/functions";

/** The organization that a webhook request may speak for and the key that says so, or why it may not; `organizationId` is null when there is none of that name. */
type WebhookCaller =
  | { organization: StoredOrganization; keyId: string }
  | {
      refused: Extract<RejectionReason, "missingKey" | "wrongKey" | "expiredKey" | "unknownOrganization">;
      organizationId: string | null;
    };

/** Compared against when there is no organization, so that the answer takes as long as for one that exists. */
const nobodysKeys = [{ keyId: "", name: "", sha256: "0".repeat(64), createdAt: 0, expiresAt: null }];

/** Checks the webhook key of a request: header `x-webhook-key`, or `?code=` as Dataverse's authentication type Webhook key sends it. */
export async function authenticateWebhook(
  request: HttpRequest,
  id: string,
  directory: Directory,
  now: number,
): Promise<WebhookCaller> {
  const key = request.headers.get("x-webhook-key") || request.query.get("code") || "";
  if (key === "") {
    // Storage is not asked for an organization that this copy does not have: the wait would tell that there is none.
    const isKnown = (await directory.all()).some((organization) => organization.id === id);
    return isKnown
      ? { refused: "missingKey", organizationId: id }
      : { refused: "unknownOrganization", organizationId: null };
  }
  const organization = await directory.find(id);
  const result = checkKey(key, organization?.keys ?? nobodysKeys, now);
  if (!organization) return { refused: "unknownOrganization", organizationId: null };
  if (result.state === "valid") return { organization, keyId: result.keyId };
  const fresh = await directory.findFresh(id);
  const again = fresh ? checkKey(key, fresh.keys, now) : result;
  if (fresh && again.state === "valid") return { organization: fresh, keyId: again.keyId };
  return { refused: again.state === "expired" ? "expiredKey" : "wrongKey", organizationId: id };
}
