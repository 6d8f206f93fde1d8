/** Runs that are told in one go minutes after they happened: a log that is replayed, an agent that was cut off, an import. */
import { hours, importedAt, iso, minutes, probed, withClock } from "../message.ts";
import { pipeline } from "../producers/custom.ts";
import type { Received, Scenario } from "../scenario.ts";

const alarms = [
  "lost-completion",
  "hung-after-output",
  "silent-heartbeat",
  "unclosed-parent",
  "never-started",
];
const origin = "Guard 10: ages are taken from what the events say, be they five minutes or three days old";

function lostMinutesAgo(): Scenario {
  const p = pipeline("lost-minutes-ago");
  const train = p.step("train");
  return {
    name: "a log is replayed five minutes after its step's end was lost",
    origin,
    run: p.run,
    log: importedAt(
      minutes(10),
      p.starts(0, { jobFacets: p.plan({ train: ["report"] }) }),
      train.starts(5, { outputs: ["model"] }),
      train.says("RUNNING", minutes(5), { outputs: [probed("model", "written", { size: 4096 })] }),
    ),
    asked: [
      { at: minutes(10) + 1, state: "stuck", holds: { train: "lost-completion likely" }, says: /5m ago/ },
    ],
  };
}

function diedMinutesAgo(): Scenario {
  const p = pipeline("died-minutes-ago");
  const train = p.step("train");
  return {
    name: "a log is replayed whose beats stopped two minutes before",
    origin,
    run: p.run,
    log: importedAt(
      minutes(8),
      p.starts(0),
      train.starts(1, { interval: 10 }),
      train.beats(11, minutes(6), 10),
    ),
    asked: [{ at: minutes(8) + 1, state: "stuck", holds: { train: "silent-heartbeat likely" }, says: /2m/ }],
  };
}

function aliveWhenTold(): Scenario {
  const p = pipeline("alive-when-told");
  const train = p.step("train");
  return {
    name: "a log is replayed of a step that beat until just now, its output is half an hour old",
    origin,
    run: p.run,
    log: importedAt(
      hours(1),
      p.starts(0),
      train.starts(1, { interval: 10, outputs: ["model"] }),
      train.beats(11, hours(1) - 2, 10),
      train.says("RUNNING", minutes(30), { interval: 10, outputs: [probed("model", "written")] }),
    ),
    asked: [
      { at: hours(1) + 1, state: "stuck", holds: { train: "hung-after-output likely" }, says: /30m ago/ },
    ],
  };
}

function allEndedMinutesAgo(): Scenario {
  const p = pipeline("ended-minutes-ago");
  const [a, b] = [p.step("a"), p.step("b")];
  return {
    name: "a log is replayed of a run whose steps all ended four minutes before",
    origin,
    run: p.run,
    log: importedAt(
      minutes(6),
      p.starts(0, { jobFacets: p.plan({ a: ["b"] }) }),
      a.runs(1, 60),
      b.runs(62, minutes(2)),
    ),
    asked: [{ at: minutes(6) + 1, state: "stuck", holds: { "ended-minutes-ago": "unclosed-parent likely" } }],
  };
}

function shortAndOld(): Scenario {
  const p = pipeline("short-and-old");
  const a = p.step("a");
  return {
    name: "three messages that are seconds apart come an hour after they happened",
    origin,
    run: p.run,
    log: importedAt(
      hours(1),
      p.starts(0),
      a.says("OTHER", 4, { facets: { unstuck_wait: { kind: "queue", on: "gpu-a100", since: iso(4) } } }),
    ),
    asked: [{ at: hours(1) + 1, state: "waiting", holds: { a: "starved-queue" }, says: /59m|1h/ }],
  };
}

function lateFromSkewed(): Scenario {
  const live = pipeline("live-and-ahead");
  const p = pipeline("late-and-ahead");
  const train = p.step("train");
  const dead = [p.starts(0), train.starts(1, { interval: 10 }), train.beats(11, minutes(6), 10)].flat();
  return {
    name: "a log is replayed four minutes after its beats stopped, of a source whose clock is 45 s ahead",
    origin: "A skew of seconds does not explain minutes (guards 9 and 10)",
    run: p.run,
    log: [
      withClock(45, live.starts(minutes(5)), live.beats(minutes(5), minutes(20), 10)),
      importedAt(minutes(10), withClock(45, dead)),
    ],
    asked: [
      { at: minutes(18) + 2, state: "stuck", holds: { train: "silent-heartbeat likely" }, says: /12m/ },
    ],
  };
}

function loneStart(): Scenario {
  const p = pipeline("lone-start");
  return {
    name: "a start that promises beats comes three hours late, and nothing else",
    origin:
      "One message may be of a clock that is behind: what lives would soon have said more (guards 9 and 10)",
    run: p.run,
    log: importedAt(hours(3), p.starts(0, { interval: 10 })),
    asked: [
      { at: hours(3) + 20, state: "progressing", never: alarms },
      { at: hours(3) + 36, state: "stuck", holds: { "lone-start": "silent-heartbeat" }, says: /3h/ },
    ],
  };
}

function loneAndOdd(): Scenario {
  const p = pipeline("lone-and-odd");
  return {
    name: "a start that promises beats comes 25 minutes late, and nothing else",
    origin:
      "Clocks are off by little or by whole hours: what comes 25 minutes late was late (guards 9 and 10)",
    run: p.run,
    log: importedAt(minutes(25), p.starts(0, { interval: 10 })),
    asked: [
      { at: minutes(25) + 1, state: "stuck", holds: { "lone-and-odd": "silent-heartbeat" }, says: /25m/ },
    ],
  };
}

function loneAmongPrompt(): Scenario {
  const p = pipeline("lone-among-prompt");
  const other = pipeline("prompt");
  return {
    name: "of a source that is prompt one start comes two hours late, and nothing else",
    origin: "The other messages show that its clock is right (guards 9 and 10)",
    run: p.run,
    log: [
      importedAt(hours(2), p.starts(0, { interval: 10 })),
      other.starts(hours(1), { interval: 10 }),
      other.beats(hours(1) + 10, hours(2) + 60, 10),
    ],
    asked: [
      { at: hours(2) + 5, state: "stuck", holds: { "lone-among-prompt": "silent-heartbeat" }, says: /2h/ },
    ],
  };
}

function loneAndBehind(): Scenario {
  const p = pipeline("lone-and-behind");
  return {
    name: "a clock is two hours behind, and of a beat each minute the first is due",
    origin: "One message that comes late is no import yet (guards 9 and 10)",
    run: p.run,
    log: withClock(-hours(2), p.starts(0, { interval: 60 }), p.beats(60, 600, 60)),
    asked: [
      { at: 45, state: "progressing", never: alarms },
      { at: 70, state: "progressing", never: alarms },
      { at: 590, state: "progressing", never: alarms },
    ],
  };
}

function oneAfterAnother(): Scenario {
  const runs = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => {
    const p = pipeline(`equally-late-${n}`);
    const train = p.step("train");
    const at = n * 8 - 300;
    const wrote = train.says("RUNNING", at, { outputs: [probed("model", "written")] });
    const own = importedAt(n * 8, p.starts(at - 900), train.starts(at - 890, { outputs: ["model"] }), wrote);
    return { run: p.run, own };
  });
  return {
    name: "eight runs are replayed within a minute, each five minutes after its last word",
    origin:
      "One lag again and again is no clock that is behind, where nothing was told live (guards 9 and 10)",
    run: runs.at(-1)?.run ?? "",
    log: runs.map(({ own }) => own),
    asked: [{ at: 66, state: "stuck", holds: { train: "lost-completion likely" }, says: /5m ago/ }],
  };
}

/** Backlogs are told in one go, too, and what goes on is alive. */
function agentComesBack(): Scenario {
  const p = pipeline("agent-back");
  const [train, other] = [p.step("train"), p.step("other")];
  const log = [p.starts(0), train.starts(1, { interval: 10 }), other.starts(2, { interval: 10 })];
  const beats = [...train.beats(11, minutes(40), 10), ...other.beats(12, minutes(40), 10)];
  const cutOff = (one: Received): Received =>
    one.at < minutes(7) ? { ...one, at: minutes(7) + one.at / 1e4 } : one;
  return {
    name: "an agent that was cut off sends seven minutes at once, and works on",
    origin,
    run: p.run,
    log: [...log, ...beats].map(cutOff),
    asked: [
      { at: minutes(7) + 3, state: "progressing", never: alarms },
      { at: minutes(7) + 20, state: "progressing", never: alarms },
      { at: minutes(9), state: "progressing", never: alarms },
      { at: minutes(39), state: "progressing", never: alarms },
    ],
  };
}

export const toldInOneGo: readonly Scenario[] = [
  lostMinutesAgo(),
  diedMinutesAgo(),
  aliveWhenTold(),
  allEndedMinutesAgo(),
  shortAndOld(),
  oneAfterAnother(),
  lateFromSkewed(),
  loneStart(),
  loneAndOdd(),
  loneAmongPrompt(),
  loneAndBehind(),
  agentComesBack(),
];
