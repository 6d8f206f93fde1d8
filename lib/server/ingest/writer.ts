import { Socket } from "node:net";
import pg from "pg";
import { StoreAwayError } from "./store-away.ts";

/** A statement that is prepared once on a connection, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A transaction under way. */
export interface Session {
  /** Sends a statement at once; the answers come in the order of the statements. */
  query<Row = never>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
}

const BEGIN: Statement = { name: "begin", text: "BEGIN" };
const COMMIT: Statement = { name: "commit", text: "COMMIT" };
const ROLLBACK: Statement = { name: "rollback", text: "ROLLBACK" };

/** How long a statement may take, ms. A lock that is never given must not keep all producers waiting for ever. */
const LONGEST_STATEMENT_MS = 120_000;

/** How long Postgres may take to let us in, ms. What takes a connection and never answers must not keep all producers waiting. */
const LONGEST_CONNECT_MS = 10_000;

/**
 * The connection by which a process writes what it was told, one transaction at a time. Ingest is bound by round
 * trips: its statements are prepared once and sent without waiting for the answers of those before (pipelining), which
 * the pool that everything else uses cannot do. It connects when it is first needed, and again after a failure.
 */
export class Writer {
  readonly #url: string;
  readonly #connectWithinMs: number;
  #connection: Promise<Connection> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: string, connectWithinMs = LONGEST_CONNECT_MS) {
    this.#url = url;
    this.#connectWithinMs = connectWithinMs;
  }

  /**
   * Does the work in a transaction of its own, after those that were asked for before. Where it throws nothing is kept; a
   * StoreAwayError says that it was not even begun.
   */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#transact(work));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async close(): Promise<void> {
    await this.#last;
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.then(({ client }) => client.end()).catch(() => {});
  }

  async #transact<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const { client, socket } = await this.#connected();
    const sent: Promise<unknown>[] = [];
    const session: Session = {
      query: async <Row>({ name, text }: Statement, values: readonly unknown[]) => {
        holdBack(socket);
        const answer = client.query<Row & pg.QueryResultRow>({ name, text, values: [...values] });
        // Each is awaited below, too: one that fails while another is waited for is no unhandled rejection.
        answer.catch(() => {});
        sent.push(answer);
        return (await answer).rows;
      },
    };
    try {
      void session.query(BEGIN, []).catch(() => {});
      const result = await work(session);
      // Waited for with all before it: a commit of a transaction that failed would be answered like any other.
      void session.query(COMMIT, []).catch(() => {});
      await Promise.all(sent);
      return result;
    } catch (error) {
      await Promise.allSettled(sent);
      await client.query(ROLLBACK).catch(() => this.#forget(client));
      // What failed first is the reason; those after it only say that the transaction is over.
      throw await firstReason(sent, error);
    }
  }

  #connected(): Promise<Connection> {
    this.#connection ??= this.#connect().catch((error: unknown) => {
      this.#connection = undefined;
      throw new StoreAwayError(error);
    });
    return this.#connection;
  }

  async #connect(): Promise<Connection> {
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: this.#url,
      stream: () => socket,
      pipeline: true,
      connectionTimeoutMillis: this.#connectWithinMs,
      query_timeout: LONGEST_STATEMENT_MS,
      keepAlive: true,
    });
    client.on("error", () => this.#forget(client));
    client.on("end", () => this.#forget(client));
    await client.connect();
    // The planner cannot know how small a tree is: it would compile each statement anew, for 50 ms a time.
    await client.query("SET jit = off");
    return { client, socket };
  }

  /** The next transaction connects anew. */
  #forget(client: pg.Client): void {
    const forget = (known: Connection) => {
      if (known.client !== client) return;
      this.#connection = undefined;
      client.end().catch(() => {});
    };
    // A connection that was never made has told so to whoever asked for it.
    this.#connection?.then(forget, () => {});
  }
}

interface Connection {
  readonly client: pg.Client;
  readonly socket: Socket;
}

/** All that is sent in this turn goes out in one system call: each wakes Postgres, and costs as much as a statement. */
function holdBack(socket: Socket): void {
  if (socket.writableCorked > 0) return;
  socket.cork();
  process.nextTick(() => socket.uncork());
}

async function firstReason(sent: readonly Promise<unknown>[], otherwise: unknown): Promise<unknown> {
  for (const settled of await Promise.allSettled(sent))
    if (settled.status === "rejected") return settled.reason;
  return otherwise;
}
