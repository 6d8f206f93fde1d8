import { type Instant, toIso } from "../base/instant.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { Unblock } from "./verdict.ts";
import { code } from "./wording.ts";

/** Quotes a text for a POSIX shell: what a source named must never become a command. */
export function shellQuote(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The producer that a message sent by hand names, so that it is told apart later. */
const BY_HAND = "urn:unstuck:by-hand";
const RUN_EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

/** Closes an attempt in Unstuck by the message that never came. Always possible. */
export function sendEnd(
  attempt: AttemptView,
  eventType: "COMPLETE" | "FAIL" | "ABORT",
  now: Instant,
): Unblock {
  const body = JSON.stringify({
    eventType,
    eventTime: toIso(now),
    producer: BY_HAND,
    schemaURL: RUN_EVENT,
    run: { runId: attempt.id },
    job: attempt.job ?? { namespace: attempt.state.source ?? "unknown", name: attempt.nodeKey },
  });
  const command = `curl -sS -X POST "$UNSTUCK_URL/api/v1/lineage" -H 'Content-Type: application/json' -d ${shellQuote(body)}`;
  return eventType === "COMPLETE"
    ? {
        action: "Send the end that never came",
        command,
        risk: "Only if you have checked that the outputs are whole: what waits for it starts only if the orchestrator also knows.",
      }
    : {
        action: eventType === "FAIL" ? "Record that it died" : "Record that it was cancelled",
        command,
        risk: "This closes it here and nowhere else; if it still lives, what it does later is only noted.",
      };
}

/** Ends or wakes the process that an attempt told of, where it told of one. */
export function processActions(attempt: AttemptView, kind: "hung" | "silent"): Unblock[] {
  const { host, pid } = attempt.state.process?.value ?? {};
  if (pid === undefined || !Number.isInteger(pid) || pid <= 0) return [];
  const remote = (command: string): string =>
    host === undefined ? command : `ssh ${shellQuote(host.replace(/^-+/, ""))} ${command}`;
  const where = host === undefined ? "on the machine that it runs on" : `on ${code(host)}`;
  const kill: Unblock = {
    action: `End process ${pid} ${where}`,
    command: remote(`kill ${pid}`),
    risk: "Process numbers are used again: look at what it is before you end it. Unwritten work is lost.",
  };
  if (kind === "hung") return [kill];
  return [
    {
      action: `Wake process ${pid} ${where}, if it was stopped`,
      command: remote(`kill -CONT ${pid}`),
      risk: "Harmless to a process that runs; process numbers are used again.",
    },
    kill,
  ];
}

/** What the orchestrator itself offers, where its own command line and names are known. */
export function orchestratorActions(
  attempt: AttemptView,
  root: AttemptView | undefined,
  how: "running" | "failed",
): Unblock[] {
  const integration = attempt.state.facts.integration?.value ?? root?.state.facts.integration?.value;
  switch (integration) {
    case "airflow":
      return airflow(attempt, root, how);
    case "dbt":
      return dbt(attempt);
    case "spark":
      return spark(attempt, root);
    default:
      return [];
  }
}

function airflow(attempt: AttemptView, root: AttemptView | undefined, how: "running" | "failed"): Unblock[] {
  const dag = handle(attempt, "dagId") ?? handle(root, "dagId") ?? root?.job?.name;
  const task = handle(attempt, "taskId") ?? attempt.nodeKey.replace(/\[[^\]]*\]$/, "");
  const day = root?.state.facts.nominalStart?.value ?? attempt.state.facts.nominalStart?.value;
  const isRoot = attempt.id === root?.id;
  const window = day === undefined ? "" : ` -s ${shellQuote(toIso(day))} -e ${shellQuote(toIso(day))}`;
  const regex = isRoot ? "" : ` -t ${shellQuote(`^${escapeRegex(task)}$`)}`;
  const clear: Unblock = {
    action: isRoot ? "Clear what the DAG run left open" : "Clear the task, so that Airflow runs it again",
    command:
      dag === undefined
        ? null
        : `airflow tasks clear ${how === "failed" ? "-f" : "-r"}${regex}${window} ${shellQuote(dag)}`,
    risk: `It runs again from its beginning and overwrites what it wrote${window === "" ? "; without dates it lists that task of every run: read the list before you confirm" : ""}.`,
  };
  const mark: Unblock = {
    action: `Mark ${code(isRoot ? (dag ?? "the DAG run") : task)} as success in Airflow's grid, so that what is behind it starts`,
    command: null,
    risk: "Only if you have checked that the outputs are whole.",
  };
  return how === "failed" ? [clear] : [mark, clear];
}

function dbt(attempt: AttemptView): Unblock[] {
  const node = handle(attempt, "node") ?? handle(attempt, "uniqueId");
  const model = node?.split(".").at(-1);
  return [
    {
      action: "Run again what failed or did not run in the last command",
      command: "dbt retry",
      risk: "In the project's folder, with the `run_results.json` of that command still in `target/`.",
    },
    ...(model === undefined
      ? []
      : [
          {
            action: `Build ${code(model)} and all behind it again`,
            command: `dbt build --select ${shellQuote(`${model}+`)}`,
            risk: "Rebuilds its tables; an incremental model adds only what is new.",
          },
        ]),
  ];
}

function spark(attempt: AttemptView, root: AttemptView | undefined): Unblock[] {
  const application = handle(attempt, "applicationId") ?? handle(root, "applicationId");
  if (application === undefined || !application.startsWith("application_")) return [];
  return [
    {
      action: "End the Spark application",
      command: `yarn application -kill ${shellQuote(application)}`,
      risk: "All jobs of the application end, and what they have not committed is lost.",
    },
  ];
}

/** A name by which the source's own command line knows it, however the source spells the word. */
function handle(attempt: AttemptView | undefined, word: string): string | undefined {
  const handles = attempt?.state.facts.handle?.value;
  if (!handles) return undefined;
  const plain = (text: string): string => text.replace(/[^A-Za-z]/g, "").toLowerCase();
  return Object.entries(handles).find(([name]) => plain(name) === plain(word))?.[1];
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Airflow itself can say which of its own conditions a task that has not started does not meet. */
export function askAirflow(node: { readonly label: string }, root: AttemptView | undefined): Unblock[] {
  if (root?.state.facts.integration?.value !== "airflow") return [];
  const dag = handle(root, "dagId") ?? root.job?.name;
  const run = handle(root, "runId");
  return dag === undefined || run === undefined
    ? []
    : [
        {
          action: "Ask Airflow which condition it does not meet",
          command: `airflow tasks failed-deps ${shellQuote(dag)} ${shellQuote(node.label)} ${shellQuote(run)}`,
          risk: "None: it only looks.",
        },
      ];
}
