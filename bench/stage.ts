/** What a row is measured on: a Postgres, databases, servers and generators, all of the bench's own. */
import {
  type MeasuredDatabase,
  type MeasuredPostgres,
  measuredPostgres,
} from "../lib/testing/measured-postgres.ts";
import { Child } from "./child.ts";
import type { Load, Outcome } from "./load/load.ts";
import { cpuSecondsOf } from "./processes.ts";

export interface Server {
  /** Where it is, without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  end(): Promise<void>;
}

/** Cores that each took, on average, while something ran. */
export interface Cores {
  readonly server: number;
  readonly postgres: number;
  readonly generator: number;
}

export class Stage {
  readonly #postgres: MeasuredPostgres;
  readonly #profiles: string | undefined;
  readonly #children = new Set<Child>();

  private constructor(postgres: MeasuredPostgres, profiles: string | undefined) {
    this.#postgres = postgres;
    this.#profiles = profiles;
  }

  /** `profiles` is a folder for a CPU profile of each server. */
  static async open(profiles: string | undefined): Promise<Stage> {
    return new Stage(await measuredPostgres(), profiles);
  }

  database(): Promise<MeasuredDatabase> {
    return this.#postgres.database();
  }

  /** A server that takes events and does the work behind them, as in production, without the pages. */
  async ingestServer(database: MeasuredDatabase): Promise<Server> {
    const child = this.#start("lib/testing/ingest-process.ts", database, ["background"]);
    return this.#serverAt(`http://127.0.0.1:${await child.line()}`, child);
  }

  /** The production server itself. It builds its pages first where the sources have changed. */
  async productServer(
    database: MeasuredDatabase,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Server> {
    const child = this.#start("bin/start.ts", database, [], { PORT: "0", HOST: "127.0.0.1", ...env });
    for (;;) {
      const url = /^Unstuck is at (\S+)/.exec(await child.line())?.[1];
      if (url !== undefined) return this.#serverAt(url, child);
    }
  }

  /** A server that does nothing with what it gets. */
  async bareServer(): Promise<Server> {
    const child = this.#keep(new Child("bench/load/bare-server.ts"));
    return this.#serverAt(`http://127.0.0.1:${await child.line()}`, child);
  }

  /** Sends a load from a process of its own; what it says of it, and what of the machine was used. */
  async send(load: Load, server: Server): Promise<Outcome & { readonly cores: Cores }> {
    const child = this.#keep(new Child("bench/load/generator.ts", { args: [JSON.stringify(load)] }));
    await child.line();
    const used = async () => ({
      server: await cpuSecondsOf(server.pid),
      postgres: await cpuSecondsOf(this.#postgres.pid),
    });
    const before = await used();
    child.say("go");
    const outcome = JSON.parse(await child.line()) as Outcome;
    const after = await used();
    await this.#end(child);
    return {
      ...outcome,
      cores: {
        server: (after.server - before.server) / outcome.seconds,
        postgres: (after.postgres - before.postgres) / outcome.seconds,
        generator: outcome.cpuSeconds / outcome.seconds,
      },
    };
  }

  /** Starts another process of the bench, which ends with the stage. */
  child(file: string, given: ConstructorParameters<typeof Child>[1] = {}): Child {
    return this.#keep(new Child(file, given));
  }

  /** Ends everything that was started, and removes all data. */
  async close(): Promise<void> {
    await Promise.all([...this.#children].map((child) => child.end()));
    await this.#postgres.remove();
  }

  #start(
    file: string,
    database: MeasuredDatabase,
    args: readonly string[],
    env: Record<string, string> = {},
  ) {
    const profile = ["--cpu-prof", `--cpu-prof-dir=${this.#profiles}`];
    return this.#keep(
      new Child(file, {
        args,
        node: this.#profiles === undefined ? [] : profile,
        env: { DATABASE_URL: database.url, NODE_ENV: "production", ...env },
      }),
    );
  }

  #serverAt(url: string, child: Child): Server {
    return { url, pid: child.pid, end: () => this.#end(child) };
  }

  #keep(child: Child): Child {
    this.#children.add(child);
    return child;
  }

  async #end(child: Child): Promise<void> {
    await child.end();
    this.#children.delete(child);
  }
}
