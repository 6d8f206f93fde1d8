import { compact } from "../../base/compact.ts";
import type { Told } from "../../events/event.ts";
import type { Envelope } from "./envelope.ts";
import type { FacetsOfRun } from "./facets.ts";
import type { RunMessage } from "./wire.ts";

/** The DAG as planned: our own facet where there is one, else the list of tasks that Airflow sends with a DAG's start. */
export function plan(facets: FacetsOfRun, message: RunMessage, envelope: Envelope): Told[] {
  if (facets.plan) return [ownPlan(facets.plan, message, envelope)];
  const tasks = facets.airflowPlan?.tasks;
  return tasks ? [airflowPlan(tasks, envelope)] : [];
}

function ownPlan(given: NonNullable<FacetsOfRun["plan"]>, { job }: RunMessage, envelope: Envelope): Told {
  return {
    ...envelope,
    type: "plan.declared",
    nodes: given.nodes.map((node) => ({
      key: node.key,
      expectsEvents: node.expectsEvents !== false,
      ...compact({
        // A bare name is that of a job in the namespace of the one that plans.
        job: typeof node.job === "string" ? { namespace: job.namespace, name: node.job } : node.job,
        group: node.group,
      }),
    })),
    edges: (given.edges ?? []).map(({ from, to, trigger }) => ({ from, to, ...compact({ trigger }) })),
  };
}

type Tasks = NonNullable<NonNullable<FacetsOfRun["airflowPlan"]>["tasks"]>;

function airflowPlan(tasks: Tasks, envelope: Envelope): Told {
  const entries = Object.entries(tasks);
  return {
    ...envelope,
    type: "plan.declared",
    nodes: entries.map(([key, task]) => ({
      key,
      expectsEvents: task.emits_ol_events !== false,
      ...compact({
        group: task.task_group || undefined,
        operator: task.operator,
        // A teardown runs however the work before it ended. Of other tasks the plan does not tell the rule.
        trigger: task.trigger_rule ?? (task.is_teardown ? "all-done" : undefined),
      }),
    })),
    edges: entries.flatMap(([from, task]) => (task.downstream_task_ids ?? []).map((to) => ({ from, to }))),
  };
}

export function dependencies(facets: FacetsOfRun, envelope: Envelope): Told[] {
  return [
    ...taskNeighbours(facets.airflow?.task, envelope),
    ...jobDependencies(facets.jobDependencies, envelope),
  ];
}

/** A task knows its neighbours: the edges are known even where the DAG's own start was lost. */
function taskNeighbours(task: NonNullable<FacetsOfRun["airflow"]>["task"], envelope: Envelope): Told[] {
  const upstream = (task?.upstream_task_ids ?? []).map((nodeKey) => ({ nodeKey }));
  const downstream = (task?.downstream_task_ids ?? []).map((nodeKey) => ({ nodeKey }));
  if (upstream.length + downstream.length === 0) return [];
  const trigger = task?.trigger_rule;
  return [
    {
      ...envelope,
      type: "dependency.declared",
      origin: "task-upstream",
      upstream,
      downstream,
      ...compact({ trigger }),
    },
  ];
}

function jobDependencies(given: FacetsOfRun["jobDependencies"], envelope: Envelope): Told[] {
  if (!given) return [];
  type Dependency = NonNullable<typeof given.upstream>[number];
  const refOf = ({ job, run }: Dependency) => ({ job, ...compact({ attemptId: run?.runId }) });
  const upstream = (given.upstream ?? []).map(refOf);
  const downstream = (given.downstream ?? []).map(refOf);
  if (upstream.length + downstream.length === 0) return [];
  const trigger = given.trigger_rule;
  return [
    {
      ...envelope,
      type: "dependency.declared",
      origin: "job-dependency",
      upstream,
      downstream,
      ...compact({ trigger }),
    },
  ];
}

/** How each task of an ended DAG ended: the only place where skipped and never started tasks are told of. */
export function settledSteps({ airflowState }: FacetsOfRun, envelope: Envelope): Told[] {
  return airflowState ? [{ ...envelope, type: "steps.settled", states: airflowState.tasksState }] : [];
}
