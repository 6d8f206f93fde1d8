/** How each kind of source is told where we are. Snippets are run as they stand; keep them so. */
import { facetsGuide } from "@/components/connect/facets-guide";

export interface Guide {
  readonly id: string;
  readonly label: string;
  /** One line: what this does, and to what. */
  readonly about: string;
  readonly steps: readonly Step[];
  /** What is seen here afterwards, and what this source will never tell. */
  readonly expect: readonly string[];
}

export interface Step {
  readonly title: string;
  readonly code: string;
}

const SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

function curlGuide(origin: string): Guide {
  return {
    id: "curl",
    label: "curl",
    about: "One run by hand, to see what happens. Paste both into the same terminal.",
    steps: [
      {
        title: "Start a run",
        code: `RUN=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen | tr A-Z a-z)
curl -sS ${origin}/api/v1/lineage -H 'Content-Type: application/json' -d '{
  "eventType": "START",
  "eventTime": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
  "run": { "runId": "'$RUN'" },
  "job": { "namespace": "my-team", "name": "first_run" },
  "producer": "https://example.com/by-hand",
  "schemaURL": "${SCHEMA}"
}' && echo " $RUN is at ${origin}/runs/$RUN"`,
      },
      {
        title: "Finish it",
        code: `curl -sS ${origin}/api/v1/lineage -H 'Content-Type: application/json' -d '{
  "eventType": "COMPLETE",
  "eventTime": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",
  "run": { "runId": "'$RUN'" },
  "job": { "namespace": "my-team", "name": "first_run" },
  "producer": "https://example.com/by-hand",
  "schemaURL": "${SCHEMA}"
}'`,
      },
    ],
    expect: [
      "The answer is `{}` with status 201: the event is stored for good. The run is in the list within two seconds.",
      "Send the same event twice, or the second before the first: the answer here stays the same.",
    ],
  };
}

function airflowGuide(origin: string): Guide {
  return {
    id: "airflow",
    label: "Airflow",
    about: "Every DAG of an Airflow installation (2.7 and later), without a change to any DAG.",
    steps: [
      {
        title: "Install the provider, on scheduler and workers",
        code: "pip install apache-airflow-providers-openlineage",
      },
      {
        title: "Tell it where to send, then restart scheduler and workers",
        code: `export AIRFLOW__OPENLINEAGE__TRANSPORT='{"type": "http", "url": "${origin}", "endpoint": "api/v1/lineage"}'
export AIRFLOW__OPENLINEAGE__NAMESPACE='airflow-prod'`,
      },
    ],
    expect: [
      "Each DAG run appears when it starts, with its whole plan: a task that never starts is seen as such.",
      "Airflow sends no heartbeats. How long a task has been silent proves nothing by itself, so such tasks are judged by their outputs and their usual duration, and the verdict says so.",
      "The namespace becomes the source's name here. Give each installation its own.",
    ],
  };
}

function sparkGuide(origin: string): Guide {
  return {
    id: "spark",
    label: "Spark",
    about: "Every job of a Spark application, by a listener that is added on submit.",
    steps: [
      {
        title: "Submit with the listener",
        code: `spark-submit \\
  --packages io.openlineage:openlineage-spark_2.12:1.53.0 \\
  --conf spark.extraListeners=io.openlineage.spark.agent.OpenLineageSparkListener \\
  --conf spark.openlineage.transport.type=http \\
  --conf spark.openlineage.transport.url=${origin} \\
  --conf spark.openlineage.transport.endpoint=api/v1/lineage \\
  --conf spark.openlineage.namespace=spark-prod \\
  my_job.py`,
      },
    ],
    expect: [
      "The application appears as one run, its actions as nodes. For Scala 2.13 the package ends in `_2.13`.",
      "Spark reports an application as complete even where jobs of it failed; here the jobs decide.",
    ],
  };
}

function dbtGuide(origin: string): Guide {
  return {
    id: "dbt",
    label: "dbt",
    about: "Every model, seed, snapshot and test of a dbt run, through a wrapper around the dbt command.",
    steps: [
      { title: "Install the wrapper beside dbt", code: "pip install openlineage-dbt" },
      {
        title: "Run dbt through it",
        code: `export OPENLINEAGE_URL=${origin}
export OPENLINEAGE_NAMESPACE=dbt-prod
dbt-ol run`,
      },
    ],
    expect: [
      "One run per dbt command, one node per model. What `dbt run` takes, `dbt-ol run` takes too.",
      "Where dbt writes no structured log, the wrapper sends everything at the end, with the times at which it happened.",
    ],
  };
}

function pythonGuide(origin: string): Guide {
  return {
    id: "python",
    label: "Python",
    about:
      "Your own code, with the OpenLineage client: a notebook, a training script, a home-grown scheduler.",
    steps: [
      { title: "Install the client", code: "pip install openlineage-python" },
      {
        title: "Say when it starts and how it ends",
        code: `from datetime import datetime, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import Job, Run, RunEvent, RunState
from openlineage.client.uuid import generate_new_uuid

client = OpenLineageClient(config={"transport": {"type": "http", "url": "${origin}"}})
run = Run(runId=str(generate_new_uuid()))
job = Job(namespace="my-team", name="train_model")


def say(state):
    client.emit(RunEvent(
        eventType=state,
        eventTime=datetime.now(timezone.utc).isoformat(),
        run=run,
        job=job,
        producer="https://example.com/my-team/pipelines",
    ))


say(RunState.START)
try:
    pass  # your work
except BaseException:
    say(RunState.FAIL)
    raise
say(RunState.COMPLETE)`,
      },
    ],
    expect: [
      "Add `outputs` to the events and a run that wrote all of them without reporting its end is found.",
      "Emit `RunState.RUNNING` now and then: each one is a sign of life.",
    ],
  };
}

function scriptGuide(origin: string): Guide {
  return {
    id: "script",
    label: "Any script",
    about: "Anything with a command line, from cron or from a scheduler that knows no OpenLineage.",
    steps: [
      {
        title: "Save as tracked.sh",
        code: `#!/usr/bin/env bash
# usage: bash tracked.sh <job name> <command> [arguments...]
JOB=$1; shift
RUN=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen | tr A-Z a-z)
now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
post() { curl -sS -m 5 -o /dev/null "${origin}/api/v1/$1" -H 'Content-Type: application/json' -d "$2" || true; }
event() { post lineage "$(printf '{"eventType": "%s", "eventTime": "%s", "run": {"runId": "%s"},
  "job": {"namespace": "scripts", "name": "%s"}, "producer": "https://example.com/tracked.sh",
  "schemaURL": "%s"}' "$1" "$(now)" "$RUN" "$JOB" '${SCHEMA}')"; }

event START
# A beat every 10 s for as long as this script lives.
while kill -0 $$ 2>/dev/null; do
  post heartbeats "$(printf '{"beats": [{"runId": "%s", "at": "%s", "interval": 10}]}' "$RUN" "$(now)")"
  sleep 10
done &
BEATS=$!
"$@"; CODE=$?
kill $BEATS 2>/dev/null
if [ $CODE -eq 0 ]; then event COMPLETE; else event FAIL; fi
exit $CODE`,
      },
      { title: "Put it before your command", code: "bash tracked.sh nightly_export sleep 60" },
    ],
    expect: [
      "Kill it with `kill -9`: no end is ever reported, the beats stop, and about 35 s later the run is called stuck, with the reason.",
      "Thousands of beats may share one request, from one process that watches many.",
    ],
  };
}

/** All guides, with the address of this server in them. */
export function guidesFor(origin: string): readonly [Guide, ...Guide[]] {
  return [
    curlGuide(origin),
    airflowGuide(origin),
    sparkGuide(origin),
    dbtGuide(origin),
    pythonGuide(origin),
    scriptGuide(origin),
    facetsGuide(origin),
  ];
}
