import { LoadingPage } from "@/components/shell/loading-page";
import { TopBar } from "@/components/shell/top-bar";
import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <LoadingPage bar={<TopBar />} width="table" says="Loading the pipelines">
      <Skeleton className="h-6 w-28" />
      <Skeleton className="mt-1.5 mb-4 h-4 w-3/5" />
      <Skeleton className="mb-3 h-[30px] w-72 max-w-full max-sm:h-9" />
      <Card>
        <SkeletonRows rows={6} height={62} />
      </Card>
    </LoadingPage>
  );
}
