import type { Operation } from "./operation.ts";
import type { EnvironmentStore } from "./store.ts";

/** Who writes, and how the request named itself. */
export type Caller = {
  userId: string;
  /** The person's or application's object id in Entra. */
  directoryId: string;
  userAgent: string;
  acceptLanguage?: string | undefined;
  /** The app in which a person works; absent for programs. */
  applicationName?: string | undefined;
  /** The request's `?tag=`, handed on to webhooks as a shared variable. */
  tag?: string | undefined;
};

/** One Dataverse environment: what the data layer, the Web API and the pages need of it. */
export type Environment = {
  id: string;
  name: string;
  organizationId: string;
  businessUnitId: string;
  store: EnvironmentStore;
  now: () => Date;
  /** The person who edits on the pages. */
  editor: Caller;
  /** The application user that a bearer token stands for. */
  application: Caller;
  /**
   * Records the system jobs that an operation causes; called inside the write's transaction.
   * The returned function starts them and is called once the transaction is committed.
   */
  raise: (operation: Operation) => () => void;
};
