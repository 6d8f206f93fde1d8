import { AwaitedRun } from "@/components/run/awaited-run";
import { AwaitedBar } from "@/components/shell/awaited-bar";

export default function Loading() {
  return (
    <div className="flex min-h-dvh flex-col lg:h-dvh">
      <AwaitedBar />
      <AwaitedRun />
    </div>
  );
}
