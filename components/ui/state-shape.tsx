import type { ReactNode } from "react";
import type { BadgeTone } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";

export type StateName =
  | "stuck"
  | "suspect"
  | "slow"
  | "waiting"
  | "progressing"
  | "finished"
  | "failed"
  | "planned"
  | "reused"
  | "unknown"
  | "aborted";

interface Look {
  readonly word: string;
  readonly tone: BadgeTone;
  readonly shape: ReactNode;
}

const round = { strokeLinecap: "round", strokeLinejoin: "round" } as const;

/** A state is a shape, a word and a colour, so that none of the three is ever needed alone. */
const LOOKS: Readonly<Record<StateName, Look>> = {
  stuck: {
    word: "Stuck",
    tone: "stuck",
    shape: (
      <>
        <path d="M6.3 1.5h7.4l4.8 4.8v7.4l-4.8 4.8H6.3l-4.8-4.8V6.3z" fill="var(--stuck)" />
        <path d="M6 10h8" stroke="var(--panel)" strokeWidth="2.2" strokeLinecap="round" />
      </>
    ),
  },
  suspect: {
    word: "Suspect",
    tone: "suspect",
    shape: (
      <>
        <path d="M10 1.2 18.8 10 10 18.8 1.2 10z" stroke="var(--suspect)" strokeWidth="2" />
        <path d="M10 6v5" stroke="var(--suspect)" strokeWidth="2" strokeLinecap="round" />
        <circle cx="10" cy="13.6" r="1.2" fill="var(--suspect)" />
      </>
    ),
  },
  slow: {
    word: "Slow",
    tone: "slow",
    shape: (
      <>
        <path d="M10 2.2 18.6 17.4H1.4z" stroke="var(--slow)" strokeWidth="2" strokeLinejoin="round" />
        <path d="M10 8v4.2h2.6" stroke="var(--slow)" strokeWidth="1.8" strokeLinecap="round" />
      </>
    ),
  },
  waiting: {
    word: "Waiting",
    tone: "wait",
    shape: (
      <>
        <circle cx="10" cy="10" r="8" stroke="var(--wait)" strokeWidth="2" strokeDasharray="3 2.6" />
        <path d="M7.5 6.2v7.6M12.5 6.2v7.6" stroke="var(--wait)" strokeWidth="2" strokeLinecap="round" />
      </>
    ),
  },
  progressing: {
    word: "Progressing",
    tone: "run",
    shape: (
      <>
        <circle cx="10" cy="10" r="8" stroke="var(--run)" strokeOpacity="0.25" strokeWidth="2.4" />
        <path d="M10 2a8 8 0 0 1 8 8" stroke="var(--run)" strokeWidth="2.4" strokeLinecap="round" />
      </>
    ),
  },
  finished: {
    word: "Finished",
    tone: "ok",
    shape: (
      <>
        <circle cx="10" cy="10" r="8.4" fill="var(--ok-bg)" stroke="var(--ok)" strokeWidth="1.4" />
        <path d="m6.4 10.3 2.4 2.4 4.8-5" stroke="var(--ok)" strokeWidth="2" {...round} />
      </>
    ),
  },
  failed: {
    word: "Failed",
    tone: "stuck",
    shape: (
      <>
        <rect
          x="2.2"
          y="2.2"
          width="15.6"
          height="15.6"
          rx="3"
          fill="var(--stuck-bg)"
          stroke="var(--stuck)"
          strokeWidth="1.6"
        />
        <path d="m7 7 6 6M13 7l-6 6" stroke="var(--stuck)" strokeWidth="2" strokeLinecap="round" />
      </>
    ),
  },
  planned: {
    word: "Planned",
    tone: "neutral",
    shape: <circle cx="10" cy="10" r="8" stroke="var(--ghost)" strokeWidth="1.8" strokeDasharray="1.2 3" />,
  },
  reused: {
    word: "Reused",
    tone: "reuse",
    shape: (
      <>
        <rect x="0.5" y="0.5" width="19" height="19" rx="6" fill="var(--reuse-bg)" />
        <path
          transform="translate(3.2 3.2) scale(.85)"
          d="M2.5 8a5.5 5.5 0 0 1 9.6-3.7L13.5 6M13.5 2.5V6H10M13.5 8a5.5 5.5 0 0 1-9.6 3.7L2.5 10M2.5 13.5V10H6"
          stroke="var(--reuse)"
          strokeWidth="2"
          {...round}
        />
      </>
    ),
  },
  unknown: {
    word: "Unknown",
    tone: "neutral",
    shape: (
      <>
        <circle cx="10" cy="10" r="8" stroke="var(--wait)" strokeWidth="1.6" />
        <path
          d="M7.6 8a2.4 2.4 0 1 1 3.3 2.2c-.6.3-.9.7-.9 1.3v.2"
          stroke="var(--wait)"
          strokeWidth="1.8"
          {...round}
        />
        <circle cx="10" cy="14.2" r="1.1" fill="var(--wait)" />
      </>
    ),
  },
  aborted: {
    word: "Aborted",
    tone: "wait",
    shape: (
      <>
        <circle cx="10" cy="10" r="8" stroke="var(--wait)" strokeWidth="2" />
        <path d="m4.6 15.4 10.8-10.8" stroke="var(--wait)" strokeWidth="2" strokeLinecap="round" />
      </>
    ),
  },
};

export const STATE_NAMES: readonly StateName[] = [
  "stuck",
  "suspect",
  "slow",
  "waiting",
  "progressing",
  "finished",
  "failed",
  "planned",
  "reused",
  "unknown",
  "aborted",
];

/** The state's word, capitalised. */
export function stateWord(state: StateName): string {
  return LOOKS[state].word;
}

/** The tone that badges and text beside the shape take. */
export function stateTone(state: StateName): BadgeTone {
  return LOOKS[state].tone;
}

export interface StateShapeProps {
  state: StateName;
  /** Width and height in pixels. */
  size?: number;
  /** What the shape says to those who do not see it; the state's word unless given. */
  label?: string;
  /** The word stands beside it already. */
  decorative?: boolean;
  className?: string;
}

export function StateShape({ state, size = 18, label, decorative = false, className }: StateShapeProps) {
  const look = LOOKS[state];
  const classes = cx("inline-block flex-none align-[-3px]", className);
  if (decorative) {
    return (
      <svg aria-hidden="true" className={classes} width={size} height={size} viewBox="0 0 20 20" fill="none">
        {look.shape}
      </svg>
    );
  }
  const text = label ?? look.word;
  return (
    <svg
      role="img"
      aria-label={text}
      className={classes}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
    >
      <title>{text}</title>
      {look.shape}
    </svg>
  );
}
