/**
 * Azurite's own command line, in a process that also ends when the stack that started it is gone: two
 * Azurites on one folder would overwrite each other's state, which it writes on SIGINT.
 */
let stopping = false;
process.on("SIGINT", () => {
  stopping = true;
  if (process.connected) process.disconnect();
});
process.on("disconnect", () => {
  if (!stopping) process.emit("SIGINT");
});
// @ts-expect-error: Azurite's command line has no type declarations.
await import("azurite/dist/src/azurite.js");
