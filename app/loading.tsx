import { AwaitedBar } from "@/components/shell/awaited-bar";
import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <AwaitedBar />
      <main
        id="main"
        aria-busy="true"
        className="mx-auto max-w-[1240px] px-6 py-[22px] max-sm:px-3 max-sm:py-4"
      >
        <span role="status" className="sr-only">
          Loading
        </span>
        <Skeleton className="mb-3 h-6 w-44" />
        <Card className="mb-[26px]">
          <SkeletonRows rows={4} height={62} />
        </Card>
        <Skeleton className="mb-3 h-5 w-24" />
        <Card>
          <SkeletonRows rows={6} />
        </Card>
      </main>
    </>
  );
}
