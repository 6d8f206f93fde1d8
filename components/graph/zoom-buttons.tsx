"use client";

import { Maximize, Minus, Plus } from "lucide-react";

export interface ZoomButtonsProps {
  onZoom: (factor: number) => void;
  onFit: () => void;
}

export function ZoomButtons({ onZoom, onFit }: ZoomButtonsProps) {
  const buttons = [
    { label: "Zoom in", Icon: Plus, act: () => onZoom(1.3) },
    { label: "Zoom out", Icon: Minus, act: () => onZoom(1 / 1.3) },
    { label: "Show all", Icon: Maximize, act: onFit },
  ];
  return (
    <div className="absolute right-4 bottom-3 z-10 flex overflow-hidden rounded-lg border border-line bg-raise">
      {buttons.map(({ label, Icon, act }) => (
        <button
          key={label}
          type="button"
          aria-label={label}
          title={label}
          onClick={act}
          className="grid size-[26px] place-items-center text-muted hover:text-text focus-visible:-outline-offset-2"
        >
          <Icon aria-hidden="true" size={13} />
        </button>
      ))}
    </div>
  );
}
