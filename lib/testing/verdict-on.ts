import { diagnose } from "../diagnosis/diagnose.ts";
import type { Diagnosis, Verdict } from "../diagnosis/verdict.ts";
import type { RunLog } from "./a-run.ts";

/** The diagnosis of a told run at a second. A rule that broke fails the test at once. */
export function diagnoseAt(log: RunLog, seconds: number): Diagnosis {
  const { run, context, now } = log.at(seconds);
  const diagnosis = diagnose(run, context, now);
  if (diagnosis.broken.length > 0) throw new Error(JSON.stringify(diagnosis.broken));
  return diagnosis;
}

/** One rule's verdict on a node, where it claims. */
export function verdictOf(log: RunLog, seconds: number, node: string, rule: string): Verdict | undefined {
  return diagnoseAt(log, seconds).verdicts.find((v) => v.nodeKey === node && v.rule === rule);
}

/** What holds a node, as `lost-completion likely`; undefined where nothing does. */
export function held(log: RunLog, seconds: number, node: string): string | undefined {
  const verdict = diagnoseAt(log, seconds).verdicts.find((v) => v.nodeKey === node && v.ruleClass !== "note");
  return verdict && `${verdict.rule} ${verdict.certainty}`;
}
