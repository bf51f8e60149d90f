import { announceReady } from "../child.ts";

/**
 * Azurite's own command line, in a process that also ends when the stack that started it is gone: two
 * Azurites on one folder would overwrite each other's state, which it writes on SIGINT.
 */
let serving = false;
let stopping = false;
process.on("SIGINT", () => {
  // Before it serves there is nothing to write, and Azurite would not hear it.
  if (!serving) process.exit();
  stopping = true;
  if (process.connected) process.disconnect();
});
process.on("disconnect", () => {
  if (!stopping) process.emit("SIGINT");
});
// Azurite starts to listen for SIGINT when all its services are reached, and says so in no other way.
process.on("newListener", (event) => {
  if (event !== "SIGINT") return;
  serving = true;
  announceReady({});
});
// @ts-expect-error: Azurite's command line has no type declarations.
await import("azurite/dist/src/azurite.js");
