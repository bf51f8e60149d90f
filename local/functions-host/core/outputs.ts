import { resolveConnection } from "../settings/connections.ts";
import type { ServiceBusConnection } from "../settings/connections.ts";
import { resolveNames } from "../settings/names.ts";
import type { Binding } from "./coreTypes.ts";
import { refuseUnknownOptions } from "./triggers.ts";

/** Where a function's Service Bus output goes. */
export interface Output {
  /** The binding's name; `$return` for the return value. */
  name: string;
  /** Queue or topic. */
  entity: string;
  connection: ServiceBusConnection;
}

/** The outputs of a function beside its HTTP response; throws for inputs and for other output types. */
export function readOutputs(
  bindings: Record<string, Binding>,
  triggerName: string,
  environment: NodeJS.ProcessEnv,
): Output[] {
  const outputs: Output[] = [];
  for (const [name, binding] of Object.entries(bindings)) {
    const type = binding.type.toLowerCase();
    if (name === triggerName || (type === "http" && binding.direction === "out")) continue;
    if (type !== "servicebus" || binding.direction !== "out") {
      const role = binding.direction === "out" ? "output" : "input";
      throw new Error(`${role} binding ${binding.type} is not supported by the local host.`);
    }
    refuseUnknownOptions(binding, ["connection", "queueName", "topicName", "accessRights"]);
    const entity = binding["queueName"] ?? binding["topicName"];
    if (typeof entity !== "string")
      throw new Error("the serviceBus output needs a queueName or a topicName.");
    outputs.push({
      name,
      entity: resolveNames(entity, environment),
      connection: resolveConnection(binding["connection"] as string | undefined, environment),
    });
  }
  return outputs;
}
