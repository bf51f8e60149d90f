/**
 * One turn of the event loop: all that arrives in it is one transaction, and nothing is answered before
 * that transaction is committed.
 */
export type Turn = {
  /**
   * Makes a change within the turn's transaction. One that fails ends the process: rhea, in whose listeners changes
   * are made, would catch the error, and the rest of the turn would be committed and answered.
   */
  write: (change: () => void) => void;
  /** Calls `serve` once before the commit, however often it is asked for. */
  wake: (serve: () => void) => void;
  /** Calls `answer` after the commit. */
  afterCommit: (answer: () => void) => void;
  /** Ends the turn now instead of after the current round of input. */
  finish: () => void;
};

/** Creates the turns of a broker; `begin` and `commit` are the store's. */
export function createTurn(begin: () => void, commit: () => void): Turn {
  let scheduled: NodeJS.Immediate | undefined;
  let writing = false;
  let awake = new Set<() => void>();
  let answers: (() => void)[] = [];

  const schedule = () => {
    scheduled ??= setImmediate(finish);
  };

  const finish = () => {
    clearImmediate(scheduled);
    scheduled = undefined;
    const serving = awake;
    awake = new Set();
    for (const serve of serving) serve();
    if (writing) commit();
    writing = false;
    const answering = answers;
    answers = [];
    for (const answer of answering) answer();
  };

  return {
    write(change) {
      try {
        if (!writing) begin();
        writing = true;
        schedule();
        change();
      } catch (error) {
        process.nextTick(() => {
          throw error;
        });
        throw error;
      }
    },
    wake(serve) {
      awake.add(serve);
      schedule();
    },
    afterCommit(answer) {
      answers.push(answer);
      schedule();
    },
    finish,
  };
}
