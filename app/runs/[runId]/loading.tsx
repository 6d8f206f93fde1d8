import { AwaitedRun } from "@/components/run/awaited-run";
import { TopBar } from "@/components/shell/top-bar";

export default function Loading() {
  return (
    <div className="flex min-h-dvh flex-col lg:h-dvh">
      <TopBar />
      <AwaitedRun />
    </div>
  );
}
