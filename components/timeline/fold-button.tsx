import { ChevronRight } from "lucide-react";
import { cx } from "@/components/ui/cx";
import { formatQuantity } from "@/lib/base/format";

export interface FoldButtonProps {
  label: string;
  size: number;
  open: boolean;
  /** Where the names end, px. */
  names: number;
  /** Whether the Tab key stops here, after its row. */
  stop: boolean;
  onTurn: () => void;
}

/** Folds what is below a step, and opens it again. */
export function FoldButton({ label, size, open, names, stop, onTurn }: FoldButtonProps) {
  const words = `${open ? "Fold" : "Open"} the ${formatQuantity(size, "node")} below ${label}`;
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-label={words}
      title={words}
      tabIndex={stop ? 0 : -1}
      onClick={(event) => {
        // The row around it is not chosen.
        event.preventDefault();
        onTurn();
      }}
      className="absolute top-1/2 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-faint hover:bg-line2 hover:text-text"
      style={{ left: names - 26 }}
    >
      <ChevronRight aria-hidden="true" size={14} className={cx(open && "rotate-90")} />
    </button>
  );
}
