import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A request as it went over the wire, without its body. Names of headers are in small letters. */
export interface TappedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A stretch of wire before a server. Passes every byte on as it is, and remembers what the heads said. */
export interface WireTap {
  /** Where to send instead. */
  readonly address: string;
  requests(): TappedRequest[];
  /** The status of each answer, in the order of the connections. */
  answers(): number[];
  close(): Promise<void>;
}

/** Lays a wire to the server at an address such as `http://127.0.0.1:1234`. HTTP/1 only. */
export async function tapWire(server: string): Promise<WireTap> {
  const { hostname, port } = new URL(server);
  const sockets = new Set<Socket>();
  const sent: string[] = [];
  const answered: string[] = [];
  const wire = createServer((near) => {
    const far = connect(Number(port), hostname);
    const at = sent.push("") - 1;
    answered.push("");
    near.on("data", (bytes) => (sent[at] += bytes.toString("latin1"))).pipe(far);
    far.on("data", (bytes) => (answered[at] += bytes.toString("latin1"))).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      // Where one side goes, the other must see it.
      socket.on("error", () => [near, far].map((each) => each.destroy()));
    }
  });
  wire.listen(0, "127.0.0.1");
  await once(wire, "listening");
  return {
    address: `http://127.0.0.1:${(wire.address() as AddressInfo).port}`,
    requests: () => sent.flatMap(requestsIn),
    answers: () => answered.flatMap(statusesIn),
    close: async () => {
      const closed = once(wire, "close");
      wire.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The requests in what one connection carried towards the server, as latin1. */
function requestsIn(text: string): TappedRequest[] {
  const heads = text.matchAll(/([A-Z]{3,7}) (\S+) HTTP\/1\.[01]\r\n((?:[^\r\n]+\r\n)*)\r\n/g);
  return [...heads].map(([, method = "", path = "", lines = ""]) => ({
    method,
    path,
    headers: Object.fromEntries(
      [...lines.matchAll(/^([^:\r\n]+): *(.*)\r$/gm)].map(([, name = "", value = ""]) => [
        name.toLowerCase(),
        value,
      ]),
    ),
  }));
}

function statusesIn(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.[01] (\d{3})[ \r]/g)].map(([, status]) => Number(status));
}
