import { createContext, useContext } from "react";
import type { ApiGet, ApiOpen, ApiRequest } from "./client.ts";

/** What every screen needs to ask the API. */
export interface Api {
  get: ApiGet;
  /** For changes, and for what is read together with its ETag. */
  request: ApiRequest;
  open: ApiOpen;
  baseUrl: string;
}

/** Carries the API to every screen. */
export const ApiContext = createContext<Api | null>(null);

/** The API of the signed-in person. Throws outside of a provider. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error("useApi needs an ApiContext above it.");
  return api;
}

/** The address that Dynamics sends an organization's events to. */
export function webhookAddress(baseUrl: string, organizationId: string): string {
  return `${baseUrl}/webhooks/dynamics/${organizationId}`;
}
