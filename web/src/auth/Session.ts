import { createContext, useContext } from "react";

/** The signed-in person as their id token names them. */
export interface Person {
  name: string;
  signInName: string;
}

/** Who uses the portal, and the way to a token for the API. */
export interface Session {
  /** Null while nobody is signed in. */
  person: Person | null;
  /** Sentence about a sign-in that failed; null when none did. */
  failure: string | null;
  signIn: () => void;
  signOut: () => void;
  /**
   * A token for the API. `renew` passes over a cached one. Leaves for the sign-in page when Entra asks for it. Rejects
   * with `NetworkError` when Entra cannot be reached.
   */
  getToken: (options?: { renew?: boolean }) => Promise<string>;
}

/** Carries the session to every screen; tests and other hosts can put their own in its place. */
export const SessionContext = createContext<Session | null>(null);

/** The current session. Throws outside of a provider. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession needs a SessionContext above it.");
  return session;
}
