-- CreateTable
CREATE TABLE "baseline" (
    "namespace" TEXT NOT NULL,
    "pipeline" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "samples" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "baseline_pkey" PRIMARY KEY ("namespace","pipeline","node")
);
