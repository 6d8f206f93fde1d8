import { LoadingPage } from "@/components/shell/loading-page";
import { TopBar } from "@/components/shell/top-bar";
import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <LoadingPage bar={<TopBar />} width="cards" says="Loading the source">
      <Skeleton className="h-6 w-60" />
      <Skeleton className="mt-2 h-4 w-3/5" />
      <Skeleton className="mt-2 mb-7 h-4 w-2/5" />
      <Card className="mb-7 h-[180px]" />
      <Card>
        <SkeletonRows rows={5} />
      </Card>
    </LoadingPage>
  );
}
