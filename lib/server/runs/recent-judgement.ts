import type { Instant } from "../../base/instant.ts";
import type { Database } from "../database.ts";
import { processWide } from "../process-wide.ts";
import type { Judged } from "./judge-run.ts";
import type { Basis } from "./keep-diagnosis.ts";
import { restsOnTheSame } from "./kept-diagnosis.ts";

/** For so long after it was last asked for, ms. */
const KEPT_MS = 60_000;
/** The part of the time for which a judgement holds after which it is made anew for the next question. */
const RENEWED_AFTER = 0.6;
/** Not before the answer is out that shows that somebody looks at the run, ms. */
const RENEWED_BEHIND_MS = 300;

/**
 * The last large run that was judged for somebody, as it was judged: its page asks for the run, then for one node of it
 * after the other. All that it rests on is compared each time.
 */
class RecentJudgement {
  #kept: { readonly judged: Judged; readonly basis: Basis } | undefined;
  #forgets: ReturnType<typeof setTimeout> | undefined;
  #renews: ReturnType<typeof setTimeout> | undefined;
  /** Judgements under way, by run. To wait for one and see whether it holds is less than to make another beside it. */
  readonly #made = new Map<
    string,
    { readonly begun: number; readonly judging: Promise<Judged | undefined> }
  >();
  #turn = 0;

  /** The turn of a question: what is committed before it is seen by every judgement that is begun later. */
  arrive(): number {
    this.#turn += 1;
    return this.#turn;
  }

  /** The judgement that would be made of a run now, if that is the one that is kept. What was committed before is seen. */
  async stillHolds(db: Database, runId: string, now: () => Instant): Promise<Judged | undefined> {
    const known = await this.#ifItHolds(db, runId, now);
    const made = this.#made.get(runId);
    // Which runs are large enough to be kept is not known before.
    if (known || !made || this.#kept?.judged.run.id !== runId) return known;
    await made.judging.catch(noMatter);
    return this.#ifItHolds(db, runId, now);
  }

  async #ifItHolds(db: Database, runId: string, now: () => Instant): Promise<Judged | undefined> {
    const kept = this.#kept;
    if (kept?.judged.run.id !== runId) return undefined;
    const { judged, basis } = kept;
    this.#forgetLater();
    const at = now();
    if (basis.until !== null && at >= basis.until) return undefined;
    return (await restsOnTheSame(db, basis, at)) ? judged : undefined;
  }

  /** What is being made for another question, where it was begun after this one had come. */
  begunSince(arrived: number, runId: string): Promise<Judged | undefined> | undefined {
    const made = this.#made.get(runId);
    return made && made.begun > arrived ? made.judging : undefined;
  }

  isBeingMade(runId: string, judging: Promise<Judged | undefined>): Promise<Judged | undefined> {
    const made = { begun: this.arrive(), judging };
    this.#made.set(runId, made);
    const isOver = () => {
      if (this.#made.get(runId) === made) this.#made.delete(runId);
    };
    judging.then(isOver, isOver);
    return judging;
  }

  /** Whether time alone will soon make it another: whoever asks then should not have to wait for that. */
  isAgeing({ run, at }: Judged, now: Instant): boolean {
    const until = this.#kept?.judged.run.id === run.id ? this.#kept.basis.until : null;
    return until !== null && now > at + (until - at) * RENEWED_AFTER;
  }

  /** Has a judgement made behind the answer that is being given, unless one is made already. */
  renew(runId: string, judge: () => Promise<Judged | undefined>): void {
    if (this.#renews !== undefined) return;
    this.#renews = setTimeout(() => {
      this.#renews = undefined;
      if (!this.#made.has(runId)) void this.isBeingMade(runId, judge());
    }, RENEWED_BEHIND_MS);
    this.#renews.unref();
  }

  keep(judged: Judged, basis: Basis): void {
    this.#kept = { judged, basis };
    this.#forgetLater();
  }

  #forgetLater(): void {
    clearTimeout(this.#forgets);
    this.#forgets = setTimeout(() => this.forget(), KEPT_MS);
    this.#forgets.unref();
  }

  forget(): void {
    this.#kept = undefined;
  }
}

function noMatter(): undefined {
  return undefined;
}

export const recentJudgement = () => processWide("recent-judgement", () => new RecentJudgement());
