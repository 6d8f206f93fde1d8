-- AlterTable
ALTER TABLE "run" ADD COLUMN     "cache_asked" INTEGER,
ADD COLUMN     "held_by" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "stuck_ms" DOUBLE PRECISION;

-- CreateIndex
CREATE INDEX "run_namespace_pipeline_started_at_idx" ON "run"("namespace", "pipeline", "started_at" DESC);
