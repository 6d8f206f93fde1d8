import { z } from "zod";
import { batchResult } from "./batch.ts";
import { comparisonResource } from "./comparison.ts";
import { diagnosisResource } from "./diagnosis.ts";
import { beats, beatsTaken } from "./heartbeats.ts";
import { keyList, madeKey, newKey, revokedKey } from "./keys.ts";
import { layoutKept, layoutOffer, layoutResource } from "./layouts.ts";
import { messageList, messageResource, nodeDetail } from "./nodes.ts";
import { pipelineDetail, pipelineList } from "./pipelines.ts";
import { cleared, overrideResource, policyHistory, policyResource } from "./policy.ts";
import { settingBody } from "./policy-requests.ts";
import { problem } from "./problem.ts";
import { runReceipts } from "./receipts.ts";
import { recordResource } from "./record.ts";
import { ruleList, rulePage } from "./rules.ts";
import { attentionList, runFacets, runList, runResource } from "./runs.ts";
import { sourceDetail, sourceList } from "./sources.ts";
import { timelineResource } from "./timeline.ts";
import { verdictHistory } from "./verdict-history.ts";

/** Every schema that crosses our wire, by the name it has in the document. */
const SCHEMAS = {
  Attention: attentionList,
  BatchResult: batchResult,
  Beats: beats,
  BeatsTaken: beatsTaken,
  Comparison: comparisonResource,
  Cleared: cleared,
  Diagnosis: diagnosisResource,
  Facets: runFacets,
  KeyList: keyList,
  Layout: layoutResource,
  LayoutKept: layoutKept,
  LayoutOffer: layoutOffer,
  MadeKey: madeKey,
  Message: messageResource,
  MessageList: messageList,
  NewKey: newKey,
  Node: nodeDetail,
  Pipeline: pipelineDetail,
  PipelineList: pipelineList,
  Override: overrideResource,
  Policy: policyResource,
  PolicyHistory: policyHistory,
  Problem: problem,
  Receipts: runReceipts,
  Record: recordResource,
  RevokedKey: revokedKey,
  Rule: rulePage,
  RuleList: ruleList,
  Run: runResource,
  RunList: runList,
  Setting: settingBody,
  Source: sourceDetail,
  SourceList: sourceList,
  Timeline: timelineResource,
  VerdictHistory: verdictHistory,
} as const;

type SchemaName = keyof typeof SCHEMAS;

const RUN_ID = parameter(
  "runId",
  "path",
  "The root's own run id, or the run id of any attempt of the run.",
  true,
);
const THRESHOLD = parameter(
  "threshold",
  "path",
  "The threshold's name, as GET /api/v1/policy lists it.",
  true,
);
const HASH = parameter("hash", "path", "The shape's hash, as the page makes it.", true);
const AT = parameter(
  "at",
  "query",
  "Answer as of this instant (ISO 8601): the past by what had been received, the future by what is known.",
);

/** The OpenAPI document of our public API. Bodies are described by the same schemas that read them. */
export function openApiDocument(): Record<string, unknown> {
  return {
    openapi: "3.1.0",
    info: {
      title: "Unstuck",
      version: "1",
      description: "Why hasn't this pipeline run finished, when all its outputs are there?",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths: {
      "/api/v1/lineage": {
        post: {
          summary: "Take in one OpenLineage event",
          description:
            "Run, job and dataset events of the OpenLineage 1.x and 2.x spec; gzip, deflate and br. 201 means committed. The same event again changes nothing.",
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: { $ref: "https://openlineage.io/spec/2-0-2/OpenLineage.json" } },
            },
          },
          responses: {
            201: {
              description: "Committed.",
              content: { "application/json": { schema: { type: "object" } } },
            },
            ...refusals(400, 401, 403, 413, 415, 422, 429, 503),
          },
        },
      },
      "/api/v1/lineage/batch": {
        post: {
          summary: "Take in many OpenLineage events, each judged alone",
          description:
            "A JSON array, or with Content-Type application/x-ndjson one event a line, of any length.",
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: {
                  type: "array",
                  items: { $ref: "https://openlineage.io/spec/2-0-2/OpenLineage.json" },
                },
              },
              "application/x-ndjson": { schema: { type: "string" } },
            },
          },
          responses: {
            200: { description: "What was accepted is committed.", content: body("BatchResult") },
            ...refusals(400, 401, 403, 413, 415, 422, 429, 503),
          },
        },
      },
      "/api/v1/heartbeats": {
        post: {
          summary: "Take in many heartbeats",
          requestBody: { required: true, content: body("Beats") },
          responses: {
            201: { description: "Committed.", content: body("BeatsTaken") },
            ...refusals(400, 401, 403, 413, 415, 422, 429, 503),
          },
        },
      },
      "/api/v1/attention": get("The open runs that need a person, worst first", "Attention"),
      "/api/v1/runs": get("Runs, newest first", "RunList", [
        parameter(
          "q",
          "query",
          "A part of a pipeline's or step's name, of the run's id or of the headline. Of runs beyond the newest 2,000 that the filters let through: a part of a pipeline's or step's name, the beginning of the id, or a part of the headline of one that is open.",
        ),
        parameter("state", "query", "States, comma-separated; `open` for all but finished."),
        parameter("rule", "query", "Rules with a verdict, comma-separated."),
        parameter(
          "pipeline",
          "query",
          "Pipelines, comma-separated; a comma in a name stands behind a backslash.",
        ),
        parameter("source", "query", "Sources, comma-separated, likewise."),
        parameter("within", "query", "Started within 1h, 24h, 7d or 30d."),
        parameter("cursor", "query", "Where the page before ended."),
        parameter("limit", "query", "At most so many, 1 to 200; 50 where left out."),
      ]),
      "/api/v1/pipelines": get("Pipelines: those that need attention first", "PipelineList", [
        parameter("q", "query", "A part of a pipeline's name or namespace."),
      ]),
      "/api/v1/pipelines/{namespace}/{name}": get("A pipeline: its latest runs, node by node", "Pipeline", [
        parameter("namespace", "path", "The namespace of the run's own job.", true),
        parameter("name", "path", "The name of the run's own job.", true),
      ]),
      "/api/v1/facets": get("The values that the filters of the run list may take", "Facets"),
      "/api/v1/runs/{runId}": get("A run: its answer and its graph; 304 by its ETag", "Run", [RUN_ID, AT]),
      "/api/v1/runs/{runId}/diagnosis": get("Why the run has not finished", "Diagnosis", [RUN_ID, AT]),
      "/api/v1/runs/{runId}/timeline": get("What each attempt of a run did when", "Timeline", [RUN_ID, AT]),
      "/api/v1/runs/{runId}/verdicts": get(
        "When which verdict was opened, changed and closed",
        "VerdictHistory",
        [RUN_ID, parameter("node", "query", "Only those of this node."), AT],
      ),
      "/api/v1/runs/{runId}/compare": get("A run beside another of its pipeline", "Comparison", [
        RUN_ID,
        parameter("with", "query", "The other run; where left out, the last that completed before it."),
      ]),
      "/api/v1/runs/{runId}/nodes": get("One node with all that is known of it", "Node", [
        RUN_ID,
        parameter("key", "query", "The node's key.", true),
        parameter(
          "baseline",
          "query",
          "The attempt that the latest one's cache key is compared with, one of its `executions`; where left out, the nearest.",
        ),
        AT,
      ]),
      "/api/v1/runs/{runId}/record": get(
        "What the record of a node's latest attempt has, what it lacks, and which facets came",
        "Record",
        [RUN_ID, parameter("key", "query", "The node's key.", true), AT],
      ),
      "/api/v1/runs/{runId}/events": get("The messages of a run, newest first", "MessageList", [
        RUN_ID,
        parameter("node", "query", "Only those of this node."),
        parameter("type", "query", "Only those of these types, comma-separated: START, RUNNING, COMPLETE, …"),
        parameter("cursor", "query", "Where the page before ended."),
        AT,
      ]),
      "/api/v1/runs/{runId}/receipts": get(
        "When messages of a run were received: what is known of it changed then",
        "Receipts",
        [RUN_ID],
      ),
      "/api/v1/events/{eventId}": get("A message as it was received", "Message", [
        parameter("eventId", "path", "The id that evidence gives.", true),
      ]),
      "/api/v1/policy": get("Every threshold, as it is defined and as it is set", "Policy"),
      "/api/v1/policy/history": get("Who changed which threshold when, newest first", "PolicyHistory", [
        parameter("cursor", "query", "Where the page before ended."),
      ]),
      "/api/v1/policy/{threshold}": {
        put: {
          summary: "Set a threshold for the pipelines and nodes that match",
          parameters: [THRESHOLD],
          requestBody: { required: true, content: body("Setting") },
          responses: {
            200: { description: "It is set, and open runs are judged anew.", content: body("Override") },
            ...refusals(400, 401, 403, 404),
          },
        },
        delete: {
          summary: "Take away what is set for exactly these globs",
          parameters: [
            THRESHOLD,
            parameter("pipeline", "query", "The glob of pipelines.", true),
            parameter("node", "query", "The glob of node keys, where it has one."),
            parameter("who", "query", "Who takes it away.", true),
            parameter("note", "query", "Why."),
          ],
          responses: {
            200: { description: "It is gone, and open runs are judged anew.", content: body("Cleared") },
            ...refusals(400, 401, 403, 404),
          },
        },
      },
      "/api/v1/layouts/{hash}": {
        ...get("Where a shape's nodes are drawn; null where it has no layout yet", "Layout", [HASH]),
        put: {
          summary: "Offer a layout of a shape; the first that is offered is kept",
          parameters: [HASH],
          requestBody: { required: true, content: body("LayoutOffer") },
          responses: {
            200: { description: "One is kept.", content: body("LayoutKept") },
            ...refusals(400, 401, 403, 413, 415),
          },
        },
      },
      "/api/v1/rules": get("The catalogue of rules", "RuleList"),
      "/api/v1/rules/{ruleId}": get("A rule's page", "Rule", [
        parameter("ruleId", "path", "The rule's id.", true),
      ]),
      "/api/v1/sources": get("Where events come from, and whether they still do", "SourceList"),
      "/api/v1/sources/{name}": get(
        "One source: its rhythm, its messages, what was refused of it",
        "Source",
        [parameter("name", "path", "The source's name, percent-encoded: it may hold slashes.", true)],
      ),
      "/api/v1/live": {
        get: {
          summary: "What changes, as it is committed: a stream of server-sent events",
          description:
            "`changed` names those of the topics that changed; `beat` comes first, and every 5 s, with the server's clock. Where the stream ends, what changed meanwhile is not told: connect again, and ask for all of it.",
          parameters: [
            parameter(
              "topic",
              "query",
              "`runs` (the lists), `sources`, `run:` and the id of a run's root, `source:` and a name. Up to 20.",
              true,
            ),
          ],
          responses: {
            200: {
              description: "The stream.",
              content: { "text/event-stream": { schema: { type: "string" } } },
            },
            ...refusals(400, 401, 403, 503),
          },
        },
      },
      "/api/v1/keys": {
        ...get("All keys, without the keys themselves", "KeyList"),
        post: {
          summary: "Make a key; from the server's own machine, or where it asks for no keys",
          requestBody: { required: true, content: body("NewKey") },
          responses: {
            201: { description: "The key, this once.", content: body("MadeKey") },
            ...refusals(400, 401, 403, 415),
          },
        },
      },
      "/api/v1/keys/{keyId}": {
        delete: {
          summary: "Revoke a key; from the server's own machine, or where it asks for no keys",
          parameters: [parameter("keyId", "path", "The id that the list gives.", true)],
          responses: {
            200: { description: "It is revoked.", content: body("RevokedKey") },
            ...refusals(401, 403, 404),
          },
        },
      },
      "/metrics": {
        get: {
          summary: "What the process has done, in the text format of Prometheus",
          responses: {
            200: { description: "The metrics.", content: { "text/plain": { schema: { type: "string" } } } },
            ...refusals(401, 403),
          },
        },
      },
      "/readyz": {
        get: {
          summary: "Requests can be served: the database answers and is up to date",
          responses: {
            200: {
              description: "They can.",
              content: { "application/json": { schema: { type: "object" } } },
            },
            503: {
              description: "They cannot, and why.",
              content: { "application/json": { schema: { type: "object" } } },
            },
          },
        },
      },
      "/healthz": {
        get: {
          summary: "The process answers",
          responses: {
            200: { description: "It does.", content: { "application/json": { schema: { type: "object" } } } },
          },
        },
      },
    },
    // The second says that a server on loopback asks for none.
    security: [{ key: [] }, {}],
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A key with the scope ingest or read." },
      },
      schemas: Object.fromEntries(
        Object.entries(SCHEMAS).map(([name, schema]) => [
          name,
          z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }),
        ]),
      ),
    },
  };
}

function body(name: SchemaName) {
  return { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
}

function parameter(name: string, place: "path" | "query", description: string, required = false) {
  return { name, in: place, description, required, schema: { type: "string" } };
}

function get(summary: string, name: SchemaName, parameters: readonly object[] = []) {
  return {
    get: {
      summary,
      parameters,
      responses: {
        200: { description: "The answer.", content: body(name) },
        ...refusals(400, 401, 403, 404, 503),
      },
    },
  };
}

const REFUSALS: Readonly<Record<number, string>> = {
  400: "The request is not understood: which part, and why.",
  401: "A key is asked for and was not sent, or one was sent that is not known or was revoked.",
  403: "The key does not have the scope for this, or this is not for whoever asks.",
  404: "Nothing of that name is known.",
  413: "The body is too large.",
  415: "The body's encoding is not known here.",
  422: "The body is JSON, but not what is asked for: which field, and why.",
  429: "More is arriving than can be stored, or than the key may send: come again after Retry-After.",
  503: "The database did not answer, and nothing was kept: come again after Retry-After.",
};

function refusals(...statuses: number[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: REFUSALS[status] ?? "Refused.", content: body("Problem") },
    ]),
  );
}
