import { describe, expect, it } from "vitest";
import { aRun } from "../testing/a-run.ts";
import { diagnoseAt } from "../testing/verdict-on.ts";
import { diagnosisToWire } from "./diagnosis.ts";
import { diagnosisMarkdown, verdictMarkdown } from "./diagnosis-markdown.ts";

const LINK = "https://unstuck.test/runs/r1?node=train";
const log = () =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 20, to: 100, every: 10 })
    .writes("train", "model", 90);
const text = (seconds = 200) => diagnosisMarkdown(diagnosisToWire(diagnoseAt(log(), seconds)), LINK);

describe("a diagnosis as Markdown", () => {
  it("says the headline, who holds the run, and the proof with its times", () => {
    expect(text().split("\n").slice(0, 12)).toEqual([
      "**`train` wrote its output 1m ago and never reported completion. It holds 1 of 2 nodes.**",
      "",
      "stuck since 2026-11-23 02:01:30 UTC, as of 2026-11-23 02:03:20 UTC",
      "",
      "### `train`, holds 1: lost-completion (proven)",
      "",
      "`train` wrote its output 1m ago and never reported completion. Since 2026-11-23 02:01:30 UTC.",
      "",
      "**Evidence**",
      "",
      "- 2026-11-23 02:00:10 UTC `train` started, declared 1 output",
      "- 2026-11-23 02:01:30 UTC `model` was written",
    ]);
  });

  it("says what is not known, what was ruled out, and what would unblock it, as a command to copy", () => {
    expect(text()).toContain("**Not known**");
    expect(text()).toContain("- `silent-heartbeat`: ");
    expect(text()).toMatch(/\*\*What would unblock it\*\*\n\n- Send the end[^\n]+\n {2}```sh\n {2}curl /);
    expect(text().endsWith(`[run-nightly in Unstuck](<${LINK}>)`)).toBe(true);
  });

  it("is short where nothing holds the run", () => {
    expect(text(50).split("\n\n")).toHaveLength(3);
  });

  it("lets nothing that a source named break out of its place", () => {
    const [blocker] = diagnosisToWire(diagnoseAt(log(), 200)).blockers;
    if (!blocker?.verdict) throw new Error("no verdict");
    const odd = {
      ...blocker.verdict,
      nodeKey: "a`b[c]",
      unblock: [{ action: "Run it", command: "echo '```'", risk: "None." }],
    };
    const written = verdictMarkdown(odd, "https://x.test/<script>");
    expect(written).toContain("### `a'b[c]`: ");
    expect(written).toContain("  ````sh\n  echo '```'\n  ````");
    expect(written).toContain("[a`b\\[c\\] in Unstuck](<https://x.test/%3Cscript%3E>)");
  });

  it("names no more than five blockers and a dozen lines of each list", () => {
    const wide = aRun("n").starts(0);
    for (let i = 0; i < 9; i++) wide.taskStarts(`t${i}`, 10, { promises: 10 });
    const written = diagnosisMarkdown(diagnosisToWire(diagnoseAt(wide, 400)), LINK);
    expect(written.match(/^### /gm)).toHaveLength(5);
    expect(written).toContain("… and 4 more in the way.");
  });
});
