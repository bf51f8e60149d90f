import { z } from "zod";
import { AdaptiveCard } from "./adaptiveCard.ts";

/** Teams takes no more in one message. It counts after rewriting, so a sender should stay near 20 KB. */
const MESSAGE_LIMIT_BYTES = 28 * 1024;

const Message = z.looseObject({
  type: z.literal("message"),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        content: z.looseObject({}),
      }),
    )
    .min(1),
});

/** What the flow makes of one attachment: a card in the channel, or a failed run that no sender hears of. */
export type FlowResult = { content: object; card: AdaptiveCard; failure: null } | FailedRun;
type FailedRun = { content: object; card: null; failure: string };

/**
 * Reads the body of a webhook call. `problem` is for a body that the trigger refuses at once; everything
 * else is accepted, and what is wrong with a card shows only afterwards, inside the flow.
 */
export function readMessage(text: string): { results: FlowResult[] } | { problem: string } {
  const parsed = parseJson(text);
  if (parsed === undefined) return { problem: "The request content is not valid JSON." };
  const message = Message.safeParse(parsed);
  if (!message.success) {
    return {
      problem: `The input body for trigger 'manual' of type 'Request' did not match its schema definition. ${firstFault(message.error)}`,
    };
  }
  const bytes = Buffer.byteLength(text);
  return { results: message.data.attachments.map(({ content }) => runFlow(content, bytes)) };
}

function runFlow(content: object, messageBytes: number): FlowResult {
  if (messageBytes > MESSAGE_LIMIT_BYTES) {
    const failure = `The message has ${messageBytes} bytes; Teams takes ${MESSAGE_LIMIT_BYTES}.`;
    return { content, card: null, failure };
  }
  const card = AdaptiveCard.safeParse(content);
  return card.success
    ? { content, card: card.data, failure: null }
    : { content, card: null, failure: `Teams cannot show this card. ${firstFault(card.error)}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstFault({ issues }: z.ZodError): string {
  const issue = issues[0]!;
  return `At ${issue.path.join(".") || "the top"}: ${issue.message}.`;
}
