/**
 * Who asks for a change. The name that came with the request; whoever knows better who sent it (a key has a name)
 * says so here, and nowhere else.
 */
export function whoAsks(_request: Request, given: string): string {
  return given;
}
