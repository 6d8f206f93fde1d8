import { LoadingPage } from "@/components/shell/loading-page";
import { TopBar } from "@/components/shell/top-bar";
import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <LoadingPage bar={<TopBar />} width="table" says="Comparing the runs">
      <Skeleton className="h-[27px] w-3/5 max-sm:w-full" />
      <Skeleton className="mt-2 mb-4 h-[19px] w-2/5" />
      <Skeleton className="mb-3 h-7 w-72" />
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    </LoadingPage>
  );
}
