/** The command was called in a way that it does not have. The message says which part. */
export class UsageError extends Error {
  override name = "UsageError";
}

export const USAGE = `unstuck: why hasn't this pipeline run finished, when all its outputs are there?

  unstuck key create NAME --scope ingest|read   makes a key, and shows it this once
  unstuck key list                              all keys, with their last use
  unstuck key revoke NAME                       takes a key back; or by how it begins
  unstuck import FILE…                          sends files of OpenLineage events, or folders, to the running server
  unstuck rebuild                               computes all projections anew from the log
  unstuck --help                                this

ingest: the key may send events and beats, and see nothing.
read:   it may see the pages and ask the API, and send nothing.
A key is sent as the header "Authorization: Bearer KEY".

It works on the database of DATABASE_URL, else on the one in UNSTUCK_DATA_DIR (.data), while the server runs or not.
import sends to HOST and PORT, with the key in UNSTUCK_KEY where there is one. A file has one event a line, one event,
or an array of them; gzip or not. What is there already is not taken in twice, so that it may be stopped and started again.
In a clone: npm run unstuck -- key list. The server itself: npm start.

It ends with 0 where all went well, 1 where something did not, 2 where it was called in a way that it does not have.`;
