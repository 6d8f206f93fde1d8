import { toWire } from "@/lib/contract/instant";
import { type Cleared, overrideToWire } from "@/lib/contract/policy";
import { clearing, settingOf, thresholdNamed } from "@/lib/contract/policy-requests";
import { whyNotChangePolicy } from "@/lib/server/keys/change-keys";
import { changePolicy } from "@/lib/server/queries/change-policy";
import { json, parameters, readJson, refuse, responding } from "@/lib/server/respond";
import { whoAsks } from "@/lib/server/who";

type Context = { params: Promise<{ threshold: string }> };

/** Sets a threshold for the pipelines and nodes that match; what was set for the same globs before is replaced. */
export function PUT(request: Request, { params }: Context): Promise<Response> {
  return named(request, params, async (threshold) => {
    const body = await readJson(request);
    if (body === undefined) return refuse(400, "The body is no JSON.");
    const setting = settingOf(threshold).parse(body);
    const who = whoAsks(request, setting.who);
    const changed = await changePolicy({ threshold, ...setting, who });
    if (changed === null) throw new Error("a value is always kept");
    if ("conflict" in changed)
      return refuse(400, "It would contradict another threshold.", [
        { path: "value", reason: changed.conflict },
      ]);
    const { pipeline, node, value } = setting;
    return json(overrideToWire({ threshold, value, pipeline, node, who, at: changed.at }));
  });
}

/** Takes away what is set for these globs, so that the next specific override holds, or the default. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return named(request, params, async (threshold) => {
    const asked = clearing.parse(parameters(request));
    const who = whoAsks(request, asked.who);
    const changed = await changePolicy({ threshold, ...asked, who, value: null });
    if (changed !== null && "conflict" in changed)
      return refuse(400, `It cannot be taken away: ${changed.conflict}.`);
    if (changed !== null) {
      const { pipeline, node } = asked;
      return json({ threshold, pipeline, node, who, at: toWire(changed.at) } satisfies Cleared);
    }
    const of = asked.node === null ? "" : ` and the nodes ${asked.node}`;
    return refuse(404, `${threshold} is not set for the pipelines ${asked.pipeline}${of}.`);
  });
}

type Name = NonNullable<ReturnType<typeof thresholdNamed>>;

function named(
  request: Request,
  params: Context["params"],
  work: (name: Name) => Promise<Response>,
): Promise<Response> {
  return responding(async () => {
    const why = whyNotChangePolicy(request);
    if (why !== undefined) return refuse(403, why);
    const { threshold } = await params;
    const name = thresholdNamed(threshold);
    if (name !== undefined) return work(name);
    return refuse(404, `There is no threshold ${threshold}: GET /api/v1/policy lists them all.`);
  });
}
