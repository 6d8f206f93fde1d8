import { readPipeline } from "@/lib/server/queries/pipeline";
import { json, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ namespace: string; name: string }> };

export function GET(_request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { namespace, name } = await params;
    const pipeline = await readPipeline(namespace, name);
    return pipeline ? json(pipeline) : refuse(404, `No run of a pipeline ${name} in ${namespace} is known.`);
  });
}
