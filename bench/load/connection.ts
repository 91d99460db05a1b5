import { once } from "node:events";
import { connect } from "node:net";

/** One kept-alive HTTP/1.1 connection that does as little as it can, because it shares the machine with the server under load. */
export interface Connection {
  /** Sends a whole request and resolves with the status when the whole answer came. */
  send(request: Buffer): Promise<number>;
  close(): void;
}

export async function openConnection({ hostname, port }: URL): Promise<Connection> {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  let received = "";
  let waiting: PromiseWithResolvers<number> | undefined;

  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    received += chunk;
    const status = statusOfWhole(received);
    if (status === undefined) return;
    received = "";
    waiting?.resolve(status);
  });
  socket.on("error", (error) => waiting?.reject(error));
  socket.on("close", () => waiting?.reject(new Error("The server closed the connection.")));

  return {
    send(request) {
      waiting = Promise.withResolvers();
      socket.write(request);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
}

/** @returns undefined while some of the answer is missing */
function statusOfWhole(text: string): number | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  const isWhole = length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= end + 4 + Number(length);
  return isWhole ? Number(text.slice(9, 12)) : undefined;
}
