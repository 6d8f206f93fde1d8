import { readFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** The machine in a line: figures of another one cannot be compared, ratios can. */
export async function machineText(): Promise<string> {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const gib = (totalmem() / 1024 ** 3).toFixed(0);
  const [busy = 0] = loadavg();
  const kernel = (await readFile("/proc/sys/kernel/osrelease", "utf8").catch(() => "")).trim();
  return (
    `${availableParallelism()} cores (${model}), ${gib} GiB, Linux ${kernel}, Node ${process.versions.node}; ` +
    `load average before it began: ${busy.toFixed(1)}`
  );
}
