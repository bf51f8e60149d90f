/** A reason why the app cannot run that a person has to remove; the message says what to do. */
export class StartError extends Error {
  override name = "StartError";
}

/** One error out of all that is wrong, so that nobody has to find problems one start at a time. */
export function startErrorOf(problems: string[]): StartError {
  return new StartError(problems.join("\n"));
}
