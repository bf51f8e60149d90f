import type { Message } from "../context/description.ts";

/** One webhook request that has to be sent: the system job of one step for one operation. */
export type WebhookJob = {
  /** The system job (`asyncoperation`), which is the context's OperationId. */
  id: string;
  endpointId: string;
  table: string;
  message: Message;
  recordId: string;
  recordName: string;
  requestId: string;
  correlationId: string;
  createdOn: string;
  /** Whether the system job disappears once it succeeded (`asyncautodelete` of the step). */
  autoDelete: boolean;
  body: string;
  sizeExceeded: boolean;
};
