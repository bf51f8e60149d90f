import type { ServerResponse } from "node:http";
import { ReadableStream } from "node:stream/web";

/** What a stream needs to know of the request that it answers. */
interface StreamBodyOptions {
  /** The answer that it goes into; null when it is not known: then the stream goes on as fast as it is read, until its time is over. */
  response: ServerResponse | null;
  /** Told why the stream was broken off. */
  onError: (error: unknown) => void;
  /** After this time the stream is broken off, in milliseconds; less than the host gives a function. */
  timeoutMs: number;
}

/**
 * Texts as the body of an answer, one after the other: the next is made when the one before is on its way. A caller who
 * leaves ends it. When making a text fails, the connection is broken, so that what has arrived cannot be taken
 * for the whole.
 */
export function streamBody(
  texts: AsyncIterable<string>,
  options: StreamBodyOptions,
): ReadableStream<Uint8Array> {
  const { response, onError, timeoutMs } = options;
  const iterator = texts[Symbol.asyncIterator]();
  const deadline = Date.now() + timeoutMs;
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          if (!(await canTakeMore(response, deadline - Date.now()))) {
            await iterator.return?.();
            return controller.close();
          }
          const { done, value } = await iterator.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          onError(error);
          await iterator.return?.();
          response?.destroy();
          controller.error(error);
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Waits until what was written has been sent. False when the caller has left. Throws when that takes too long. */
async function canTakeMore(response: ServerResponse | null, timeoutMs: number): Promise<boolean> {
  if (response?.destroyed) return false;
  if (timeoutMs <= 0) throw tooSlow();
  if (!response) return true;
  if (response.writableNeedDrain) await drained(response, timeoutMs);
  return !response.destroyed;
}

function drained(response: ServerResponse, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      response.off("drain", done).off("close", done);
      resolve();
    };
    const timer = setTimeout(() => {
      response.off("drain", done).off("close", done);
      reject(tooSlow());
    }, timeoutMs);
    response.on("drain", done).on("close", done);
  });
}

function tooSlow(): Error {
  return new Error("The caller did not take the file in time.");
}
