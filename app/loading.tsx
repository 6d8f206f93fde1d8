import { AwaitedBar } from "@/components/shell/awaited-bar";
import { LoadingPage } from "@/components/shell/loading-page";
import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <LoadingPage width="table" says="Loading" bar={<AwaitedBar />}>
      <Skeleton className="mb-3 h-6 w-44" />
      <Card className="mb-[26px]">
        <SkeletonRows rows={4} height={62} />
      </Card>
      <Skeleton className="mb-3 h-5 w-24" />
      <Card>
        <SkeletonRows rows={6} />
      </Card>
    </LoadingPage>
  );
}
