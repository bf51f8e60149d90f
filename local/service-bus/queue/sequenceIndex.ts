/** The sequence numbers that a queue holds, in order: what browsing walks along. */
type SequenceIndex = {
  add: (sequenceNumber: number) => void;
  /** Says that one number no longer counts; `holds` already answers false for it. */
  removed: () => void;
  /** All numbers from `start` on, ascending. */
  from: (start: number) => Generator<number>;
};

/** Below this many removed numbers the array is not worth compacting. */
const COMPACT_FROM = 1024;

/**
 * Creates an empty index: a sorted array whose removed numbers are dropped once they are the majority,
 * so that adding at the end and removing cost O(1) on average. `holds` tells whether a number still counts.
 */
export function createSequenceIndex(holds: (sequenceNumber: number) => boolean): SequenceIndex {
  let sorted: number[] = [];
  let removed = 0;

  const positionOf = (sequenceNumber: number) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < sequenceNumber) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add(sequenceNumber) {
      const last = sorted.at(-1);
      if (last === undefined || last < sequenceNumber) {
        sorted.push(sequenceNumber);
        return;
      }
      sorted.splice(positionOf(sequenceNumber), 0, sequenceNumber);
    },
    removed() {
      removed += 1;
      if (removed < COMPACT_FROM || removed * 2 < sorted.length) return;
      sorted = sorted.filter(holds);
      removed = 0;
    },
    *from(start) {
      for (let position = positionOf(start); position < sorted.length; position += 1) {
        const sequenceNumber = sorted[position]!;
        if (holds(sequenceNumber)) yield sequenceNumber;
      }
    },
  };
}
