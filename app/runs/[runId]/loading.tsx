import { TopBar } from "@/components/shell/top-bar";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <div className="flex min-h-dvh flex-col lg:h-dvh">
      <TopBar />
      <main id="main" aria-busy="true" className="flex min-h-0 flex-1 flex-col">
        <span role="status" className="sr-only">
          Loading the run
        </span>
        <div className="flex gap-4 border-b border-line bg-panel px-6 pt-5 pb-[18px] max-sm:px-4">
          <Skeleton className="size-7 flex-none rounded-full" />
          <div className="flex-1">
            <Skeleton className="h-[27px] w-3/5 max-sm:w-full" />
            <Skeleton className="mt-2 h-[19px] w-2/5" />
            <Skeleton className="mt-3.5 h-[34px] w-80 max-w-full" />
          </div>
        </div>
        <div className="dotted-canvas min-h-[300px] flex-1" />
      </main>
    </div>
  );
}
