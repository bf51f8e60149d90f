import type { BlobServiceClient } from "@azure/storage-blob";
import { request } from "../platform/storage/request.ts";

/** Where the content of events lies that is too large for the queue's message limit. */
export interface OversizeStore {
  /** Keeps a content; repeating it with the same name is harmless. Throws `StorageFault`. */
  put(name: string, content: Uint8Array): Promise<void>;
  /** The content, or null when there is none of that name. Throws `StorageFault`. */
  get(name: string): Promise<Buffer | null>;
  /** Removes what an organization's events left before a time, in milliseconds since 1970 UTC. */
  removeBefore(organizationId: string, time: number): Promise<void>;
}

export const oversizeContainer = "oversize-events";

/** Service Bus Standard takes 256 KB a message with its properties; what is larger waits in a blob. */
export const maxMessageContentBytes = 200_000;

/** Dynamics gives up on a webhook after a minute; a store that does not answer must not use it up. */
const timeoutMs = 10_000;

export function createOversizeStore(blobs: BlobServiceClient): OversizeStore {
  const container = blobs.getContainerClient(oversizeContainer);
  return {
    async put(name, content) {
      const blob = container.getBlockBlobClient(name);
      await request(timeoutMs, (abortSignal) => blob.uploadData(content, { abortSignal }));
    },
    async get(name) {
      const blob = container.getBlockBlobClient(name);
      return request(timeoutMs, (abortSignal) =>
        blob.downloadToBuffer(undefined, undefined, { abortSignal }).catch(nullWhenMissing),
      );
    },
    async removeBefore(organizationId, time) {
      for await (const { name, properties } of container.listBlobsFlat({ prefix: `${organizationId}/` })) {
        if (properties.lastModified.getTime() < time) await container.deleteBlob(name);
      }
    },
  };
}

function nullWhenMissing(error: unknown): null {
  if ((error as { statusCode?: number }).statusCode === 404) return null;
  throw error;
}
