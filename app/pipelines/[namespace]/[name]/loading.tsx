import { TopBar } from "@/components/shell/top-bar";
import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <TopBar />
      <main
        id="main"
        aria-busy="true"
        className="mx-auto max-w-[1240px] px-6 py-[22px] max-sm:px-3 max-sm:py-4"
      >
        <span role="status" className="sr-only">
          Loading the pipeline
        </span>
        <Skeleton className="h-6 w-60" />
        <Skeleton className="mt-2 h-4 w-3/5" />
        <Skeleton className="mt-2 mb-7 h-4 w-2/5" />
        <Skeleton className="mb-3.5 h-4 w-52" />
        <Card className="mb-5">
          <div className="h-[194px] border-b border-line2" />
          <SkeletonRows rows={8} height={30} />
        </Card>
      </main>
    </>
  );
}
