import { LoadingPage } from "@/components/shell/loading-page";
import { TopBar } from "@/components/shell/top-bar";
import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <LoadingPage bar={<TopBar />} width="table" says="Loading the sources">
      <Skeleton className="h-6 w-28" />
      <Skeleton className="mt-1.5 mb-4 h-4 w-3/5" />
      <Card>
        <SkeletonRows rows={5} height={62} />
      </Card>
    </LoadingPage>
  );
}
