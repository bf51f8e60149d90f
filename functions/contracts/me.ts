import { z } from "zod";
import { organizationId } from "./common.ts";

/** App roles of the Entra app registration. */
export const role = z.enum(["Platform.Admin", "Organization.Admin"]);
export type Role = z.infer<typeof role>;

/** The signed-in administrator and the organizations they may see. */
export const me = z.object({
  name: z.string(),
  signInName: z.string().nullable(),
  roles: z.array(role),
  organizations: z.array(z.object({ id: organizationId, name: z.string() })),
});
export type Me = z.infer<typeof me>;
