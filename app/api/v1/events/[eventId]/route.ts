import { readMessage } from "@/lib/server/queries/messages";
import { json, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ eventId: string }> };

export function GET(_request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { eventId } = await params;
    const message = await readMessage(eventId);
    return message ? json(message) : refuse(404, `No event ${eventId} is kept.`);
  });
}
