import type { Step } from "@/components/connect/guides";

/** What each guide adds where the server asks for a key, by the guide's id. The key is in UNSTUCK_KEY. */
export function keyStep(guide: string, origin: string): Step | undefined {
  const code = CODE[guide]?.(origin);
  return code === undefined ? undefined : { title: "Where this server asks for a key", code };
}

const CODE: Readonly<Record<string, (origin: string) => string>> = {
  curl: () => `# added to each curl
-H "Authorization: Bearer $UNSTUCK_KEY"`,
  facets: () => `# added to the curl
-H "Authorization: Bearer $UNSTUCK_KEY"`,
  airflow: (
    origin,
  ) => `export AIRFLOW__OPENLINEAGE__TRANSPORT='{"type": "http", "url": "${origin}", "endpoint": "api/v1/lineage",
  "auth": {"type": "api_key", "apiKey": "'$UNSTUCK_KEY'"}}'`,
  spark: () => `# added to spark-submit
  --conf spark.openlineage.transport.auth.type=api_key \\
  --conf spark.openlineage.transport.auth.apiKey=$UNSTUCK_KEY \\`,
  dbt: () => "export OPENLINEAGE_API_KEY=$UNSTUCK_KEY",
  python: (origin) => `import os

client = OpenLineageClient(config={"transport": {
    "type": "http",
    "url": "${origin}",
    "auth": {"type": "api_key", "apiKey": os.environ["UNSTUCK_KEY"]},
}})`,
  script: () => `# in the function post of tracked.sh, behind curl
-H "Authorization: Bearer $UNSTUCK_KEY"`,
};
