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
          Loading the pipelines
        </span>
        <Skeleton className="h-6 w-28" />
        <Skeleton className="mt-1.5 mb-4 h-4 w-3/5" />
        <Skeleton className="mb-3 h-[30px] w-72 max-w-full max-sm:h-9" />
        <Card>
          <SkeletonRows rows={6} height={62} />
        </Card>
      </main>
    </>
  );
}
