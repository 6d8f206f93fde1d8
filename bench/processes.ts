/** What processes take of the machine, as Linux tells it. */
import { readdir, readFile } from "node:fs/promises";

/** Linux counts time in hundredths of a second. */
const TICKS = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly ofEnded: number;
}

/** Seconds of CPU that a process and all below it have taken, those that ended included. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = (await Promise.all(pids.map(statOf))).filter((stat) => stat !== undefined);
  const children = Map.groupBy(stats, ({ parent }) => parent);
  const sum = (stat: Stat): number =>
    stat.ticks + stat.ofEnded + (children.get(stat.pid) ?? []).reduce((all, child) => all + sum(child), 0);
  const top = stats.find((stat) => stat.pid === pid);
  return top ? sum(top) / TICKS : 0;
}

async function statOf(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  if (text === "") return undefined;
  // Behind the name, which may hold blanks and brackets.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const at = (i: number): number => Number(fields[i] ?? 0);
  return { pid, parent: at(1), ticks: at(11) + at(12), ofEnded: at(13) + at(14) };
}

/** Bytes of memory that a process holds now, and the most that it ever held. */
export async function residentBytes(pid: number): Promise<{ now: number; peak: number }> {
  const text = await readFile(`/proc/${pid}/status`, "utf8");
  const bytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * 1024;
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}
