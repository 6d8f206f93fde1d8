import { readSource } from "@/lib/server/queries/sources";
import { json, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ name: string }> };

export function GET(_request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { name } = await params;
    const source = await readSource(name);
    return source ? json(source) : refuse(404, `Nothing has come from a source ${name}.`);
  });
}
