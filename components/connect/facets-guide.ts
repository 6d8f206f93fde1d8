/** How the record of a step is made complete: each facet that something here reads, in events that can be sent as they stand. */
import type { Guide } from "@/components/connect/guides";

/** One line a field, so that what one wants can be found and copied. */
export function facetsGuide(origin: string): Guide {
  return {
    id: "facets",
    label: "All metadata",
    about:
      "What more a producer of your own can tell: each facet lets one more cause be named. Leave out what you do not have.",
    steps: [
      {
        title: "A run with its plan, and a step with all that can be told of it",
        code: `RUN=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen | tr A-Z a-z)
STEP=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen | tr A-Z a-z)
NOW=$(date -u +%Y-%m-%dT%H:%M:%SZ)
curl -sS ${origin}/api/v1/lineage/batch -H 'Content-Type: application/json' --data-binary @- <<EOF
[{"eventType": "START", "eventTime": "$NOW", "producer": "https://example.com/by-hand",
  "run": {"runId": "$RUN"},
  "job": {"namespace": "my-team", "name": "nightly", "facets": {
    "unstuck_plan": {"nodes": [{"key": "load"}, {"key": "train"}], "edges": [{"from": "load", "to": "train"}]}}}},
 {"eventType": "OTHER", "eventTime": "$NOW", "producer": "https://example.com/by-hand",
  "run": {"runId": "$STEP", "facets": {
    "parent": {"run": {"runId": "$RUN"}, "job": {"namespace": "my-team", "name": "nightly"}},
    "unstuck_wait": {"kind": "pool", "on": "gpu", "since": "$NOW", "until": "$NOW", "holder": {"job": "embeddings"}}}},
  "job": {"namespace": "my-team", "name": "nightly.train"}},
 {"eventType": "START", "eventTime": "$NOW", "producer": "https://example.com/by-hand",
  "run": {"runId": "$STEP", "facets": {
    "parent": {"run": {"runId": "$RUN"}, "job": {"namespace": "my-team", "name": "nightly"}},
    "nominalTime": {"nominalStartTime": "$NOW"},
    "executionParameters": {"parameters": [{"key": "epochs", "value": "40"}]},
    "processing_engine": {"name": "my scheduler", "version": "1.4.0"},
    "unstuck_attempt": {"number": 1, "nodeKey": "train"},
    "unstuck_heartbeat": {"interval": 10, "progress": {"done": 0, "total": 40, "unit": "epochs"}},
    "unstuck_process": {"host": "gpu-07", "pid": 4211, "logUrl": "https://logs.example.com/4211", "lastLogAt": "$NOW"},
    "unstuck_cache": {"status": "MISS", "key": "9f2c", "components": [
      {"name": "train.py", "kind": "code", "digest": "2a1d"},
      {"name": "epochs", "kind": "parameter", "digest": "40", "value": "40"}]}}},
  "job": {"namespace": "my-team", "name": "nightly.train", "facets": {
    "jobType": {"processingType": "BATCH", "integration": "MY_SCHEDULER", "jobType": "TASK"},
    "sourceCodeLocation": {"type": "git", "url": "https://git.example.com/train.py", "version": "2a1d"}}},
  "inputs": [{"namespace": "s3://raw", "name": "churn", "facets": {
    "version": {"datasetVersion": "2026-11-23"},
    "schema": {"fields": [{"name": "id", "type": "int"}]}}}],
  "outputs": [{"namespace": "s3://models", "name": "model.bin"}]},
 {"eventType": "RUNNING", "eventTime": "$NOW", "producer": "https://example.com/by-hand",
  "run": {"runId": "$STEP", "facets": {"unstuck_heartbeat": {"interval": 10, "progress": {"done": 40, "total": 40}}}},
  "job": {"namespace": "my-team", "name": "nightly.train"},
  "outputs": [{"namespace": "s3://models", "name": "model.bin", "outputFacets": {
    "unstuck_output": {"state": "written", "size": 512, "modifiedAt": "$NOW", "writtenBy": {"runId": "$STEP"}}}}]}]
EOF
echo " ${origin}/runs/$RUN?node=train&tab=record"`,
      },
    ],
    expect: [
      "The step's panel lists under _Metadata_ what was told and what is still missing. Half a minute later the run is stuck: the beats were promised and stopped, the output is there, and no end came.",
      "What each field means is in the JSON Schemas at `/schemas/facets/1-0-0/`, such as `UnstuckWaitRunFacet.json`. Facets that nothing reads here are kept and shown all the same.",
      "The standard wants `_producer` and `_schemaURL` in every facet; here they may be left out.",
    ],
  };
}
