/** The runs whose pages are looked at, told to a server. */
import { type Shape, type ShapedOptions, type ShapedRun, shapedRun } from "../events/shapes.ts";
import { postEvents } from "../post.ts";
import type { Server } from "../stage.ts";

/** Began before it is told, ms: all of it lies in the past, and what is silent is dead. */
const BEGAN_BEFORE = 180_000;

export interface ToldRun extends ShapedRun {
  readonly shape: Shape;
  readonly size: number;
}

/** Tells of runs, each with a number of its own. */
export class Teller {
  readonly #server: Server;
  #told = 0;

  constructor(server: Server) {
    this.#server = server;
  }

  async tell(shape: Shape, size: number, options: ShapedOptions = {}): Promise<ToldRun> {
    this.#told += 1;
    const run = shapedRun(shape, size, this.#told, Date.now() - BEGAN_BEFORE, options);
    await postEvents(this.#server.url, run.events);
    return { ...run, shape, size };
  }
}
