import type { Instant } from "../../base/instant.ts";

/** So many are kept, each for so long, ms: as long as one looks at an instant, or drags to and fro. */
const MOST = 6;
const KEEP_MS = 30_000;

/**
 * The answers of late, for questions that are asked several times at once: a page asks for a run and for one of its
 * nodes. What fails, or weighs too much, is not kept.
 */
export class RecentAnswers<T> {
  readonly #weighsTooMuch: (answer: T) => boolean;
  readonly #kept = new Map<string, { readonly since: Instant; readonly answer: Promise<T> }>();

  constructor(weighsTooMuch: (answer: T) => boolean) {
    this.#weighsTooMuch = weighsTooMuch;
  }

  ask(question: string, now: Instant, work: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(question);
    if (known && now - known.since < KEEP_MS) return known.answer;
    const answer = work();
    this.#kept.delete(question);
    this.#kept.set(question, { since: now, answer });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break;
      this.#kept.delete(oldest);
    }
    const forget = () => {
      if (this.#kept.get(question)?.answer === answer) this.#kept.delete(question);
    };
    answer.then((given) => this.#weighsTooMuch(given) && forget(), forget);
    return answer;
  }
}
