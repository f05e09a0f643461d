import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** How a network treats who connects. */
export type NetworkState = "well" | "refused" | "silent" | "failing";

/** A way to a server that can be cut. */
export interface BreakableNetwork {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  /** Connections that are open end. */
  turn(state: NetworkState): void;
  close(): Promise<void>;
}

/**
 * Opens a port of this machine that leads to the server at `target` as long as all is well; else
 * connections are ended at once, never answered, or answered by 503 as by a gateway.
 */
export async function openBreakableNetwork(target: string): Promise<BreakableNetwork> {
  const port = Number(new URL(target).port);
  const open = new Set<Socket>();
  let now: NetworkState = "well";
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    if (now === "refused") socket.destroy();
    else if (now === "failing") {
      socket.once("data", () =>
        socket.end("HTTP/1.1 503 x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
      );
    } else if (now === "well") {
      const onward = connect(port, "127.0.0.1");
      onward.on("error", () => socket.destroy());
      socket.on("close", () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turn(state) {
      now = state;
      cut();
    },
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}
