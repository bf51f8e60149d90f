import { useParams } from "react-router";
import type { Me } from "../../../functions/contracts/me.ts";

/** The organization of the address: its id and the name that it is shown by. */
export function useOrganizationOfAddress(organizations: Me["organizations"]): { id: string; name: string } {
  const { id = "" } = useParams();
  return { id, name: organizations.find((organization) => organization.id === id)?.name ?? id };
}
