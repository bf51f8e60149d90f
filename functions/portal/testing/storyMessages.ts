import { gzipSync } from "node:zlib";
import type { ServiceBusMessage } from "@azure/service-bus";
import { toServiceBusMessage } from "../eventMessage.ts";
import type { Story, StoryEvent } from "./pipelineStory.ts";

/** Id of a story's event, by its place in the story. */
export function storyEventId(index: number): string {
  return index.toString(16).padStart(32, "0");
}

/** The messages that the door puts into the queue for a story; a repetition comes a moment later, past duplicate detection. */
export function storyMessages(story: Story, now: number): ServiceBusMessage[] {
  return story.events.flatMap((event, index) =>
    Array.from({ length: event.sent }, (_, repetition) => {
      const message = toServiceBusMessage({
        organizationId: event.organization,
        eventId: storyEventId(index),
        receivedAt: now + index * 1000 + repetition * 60_000,
        attempt: 1,
        firstTry: 1,
        kind: "delivery",
        bytes: 100,
        eventType: "contact.Update",
        table: "contact",
        recordId: null,
        blob: null,
        content:
          event.kind === "broken"
            ? Buffer.from("no gzip")
            : gzipSync(JSON.stringify(body(event, index, now))),
      });
      return { ...message, messageId: `${String(message.messageId)}-${repetition}` };
    }),
  );
}

function body(event: StoryEvent, index: number, now: number): object {
  const id = `11111111-aaaa-4aaa-8aaa-00000000000${event.record}`;
  const target = {
    __type: "Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
    LogicalName: "contact",
    Id: id,
  };
  const columns = [
    { key: "firstname", value: `value ${event.value}` },
    { key: "modifiedon", value: `/Date(${now + event.value * 1000})/` },
  ];
  const reference = {
    __type: "EntityReference:http://schemas.microsoft.com/xrm/2011/Contracts",
    LogicalName: "contact",
    Id: id,
  };
  return {
    MessageName: event.kind === "delete" ? "Delete" : "Update",
    OrganizationId: "00000000-0000-4000-8000-000000000000",
    OperationId: `22222222-aaaa-4aaa-8aaa-${String(index).padStart(12, "0")}`,
    Mode: 1,
    PrimaryEntityName: event.kind === "unmapped" ? "task" : "contact",
    PrimaryEntityId: id,
    InputParameters:
      event.kind === "stripped"
        ? []
        : [
            {
              key: "Target",
              value: event.kind === "delete" ? reference : { ...target, Attributes: columns },
            },
          ],
  };
}
