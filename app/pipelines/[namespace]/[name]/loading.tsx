import { LoadingPage } from "@/components/shell/loading-page";
import { TopBar } from "@/components/shell/top-bar";
import { Card } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <LoadingPage bar={<TopBar />} width="table" says="Loading the pipeline">
      <Skeleton className="h-6 w-60" />
      <Skeleton className="mt-2 h-4 w-3/5" />
      <Skeleton className="mt-2 mb-7 h-4 w-2/5" />
      <Skeleton className="mb-3.5 h-4 w-52" />
      <Card className="mb-5">
        <div className="h-[194px] border-b border-line2" />
        <SkeletonRows rows={8} height={30} />
      </Card>
    </LoadingPage>
  );
}
