import type { Socket } from "node:net";

/** Gives a connection to whatever process serves now; false when that process ended before it took it. */
type HandOver = (socket: Socket) => Promise<boolean>;

/** Holds clients' connections until the app can serve them. */
export interface WaitingRoom {
  add: (socket: Socket) => void;
  /** From now on connections go to `handOver`; undefined while nothing serves. */
  open: (handOver: HandOver | undefined) => void;
  /** Ends every waiting connection. */
  close: () => void;
}

const UNAVAILABLE =
  "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/**
 * A connection that arrives while the app is down waits unread, for at most `patienceMs`; then it is
 * answered 503. A connection that a dying process did not take waits for the next one.
 */
export function createWaitingRoom(patienceMs: number): WaitingRoom {
  const waiting = new Map<Socket, NodeJS.Timeout>();
  let current: HandOver | undefined;

  function wait(socket: Socket): void {
    const giveUp = setTimeout(() => {
      waiting.delete(socket);
      socket.end(UNAVAILABLE);
    }, patienceMs);
    waiting.set(socket, giveUp);
  }

  async function pass(socket: Socket, handOver: HandOver): Promise<void> {
    const taken = await handOver(socket);
    // This closes our copy of the socket; the connection lives on in the app's process.
    if (taken) socket.destroy();
    else receive(socket);
  }

  function receive(socket: Socket): void {
    if (current) void pass(socket, current);
    else wait(socket);
  }

  return {
    add(socket) {
      socket.on("error", () => socket.destroy());
      receive(socket);
    },
    open(handOver) {
      current = handOver;
      if (!handOver) return;
      const held = [...waiting];
      waiting.clear();
      for (const [socket, giveUp] of held) {
        clearTimeout(giveUp);
        void pass(socket, handOver);
      }
    },
    close() {
      current = undefined;
      for (const [socket, giveUp] of waiting) {
        clearTimeout(giveUp);
        socket.destroy();
      }
      waiting.clear();
    },
  };
}
