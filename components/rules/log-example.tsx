// biome-ignore-all lint/suspicious/noArrayIndexKey: a document's lines do not move
import { cx } from "@/components/ui/cx";

export interface LogExampleProps {
  /** What stands behind the fence: `log claims`, `log silent`, `sh`. */
  info: string;
  text: string;
}

const KINDS = {
  claims: { label: "Claims", says: "the rule speaks", look: "bg-stuck-bg text-stuck" },
  silent: { label: "Silent", says: "the rule says nothing", look: "bg-ok-bg text-ok" },
} as const;

/** Code of a rule's page. The small logs are run by the tests, so what they say of the rule is true. */
export function LogExample({ info, text }: LogExampleProps) {
  const words = info.toLowerCase().split(/[\s:,]+/);
  const kind = words.includes("claims") ? KINDS.claims : words.includes("silent") ? KINDS.silent : undefined;
  const isLog = words[0] === "log";
  return (
    <figure className="overflow-hidden rounded-xl border border-line bg-panel">
      {(kind || isLog) && (
        <figcaption className="flex items-center gap-2 border-b border-line2 px-3.5 py-1.5 text-sm text-muted">
          {kind && (
            <span className={cx("rounded-full px-2 text-xs font-semibold forced-colors:border", kind.look)}>
              {kind.label}
            </span>
          )}
          {kind ? `Here ${kind.says}` : "Example"}
        </figcaption>
      )}
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keys
        tabIndex={0}
        className="overflow-x-auto px-3.5 py-3 text-sm leading-[1.65] focus-visible:-outline-offset-2"
      >
        <code>{isLog ? text.split("\n").map(logLine) : text}</code>
      </pre>
    </figure>
  );
}

/** `5s prep starts`: the time in grey, so that what happened can be read down the page. */
function logLine(line: string, index: number) {
  const [, time = "", rest = line] = /^(\s*(?:before:|at \S+:|[\d:.]+[a-z]*)\s+)(.*)$/.exec(line) ?? [];
  return (
    <span key={index} className="block min-h-[1.65em]">
      {time && <span className="text-faint">{time}</span>}
      {rest}
    </span>
  );
}
