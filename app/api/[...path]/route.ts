import { refuse } from "@/lib/server/respond";

/** Whoever asks the API for what it does not have is a program: it is answered as all others are, and not with a page. */
function nothingHere(request: Request): Response {
  const { pathname } = new URL(request.url);
  return refuse(404, `There is nothing at ${pathname}. What there is: /api/v1/openapi.json`);
}

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
