import { pipelineListQuery } from "@/lib/contract/pipelines";

type RawParams = Readonly<Record<string, string | readonly string[] | undefined>>;

function first(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

/** `?q=`, and what of it cannot be searched for. */
export function readListParams(raw: RawParams): { q: string; ignored: string | undefined } {
  const text = first(raw["q"]);
  const read = pipelineListQuery.shape.q.safeParse(text);
  return read.success
    ? { q: read.data, ignored: undefined }
    : { q: "", ignored: `a search of ${text?.length ?? 0} letters, where 200 are the most` };
}

/** A name in the path; a path that is no proper encoding is taken as it stands. */
export function readName(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `?node=` and `?groups=`, and what of them cannot be shown. */
export function readPipelineParams(params: { get(name: string): string | null }): {
  node: string | undefined;
  groups: "folded" | "open";
  ignored: string | undefined;
} {
  const groups = params.get("groups");
  const known = groups === null || groups === "" || groups === "open" || groups === "folded";
  return {
    node: params.get("node") || undefined,
    groups: groups === "open" ? "open" : "folded",
    ignored: known ? undefined : `groups=“${groups.slice(0, 40)}”, which is neither open nor folded`,
  };
}
