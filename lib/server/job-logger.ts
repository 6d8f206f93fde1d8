import { Logger } from "graphile-worker";
import { reportError } from "./report-error.ts";

/** The queue's own chatter is of no use to an operator; what fails is. */
export const jobLogger = new Logger(() => (level, message, meta) => {
  if (level === "error") reportError("background work", meta?.["error"] ?? message);
});
