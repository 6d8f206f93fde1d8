-- CreateTable
CREATE TABLE "diagnosis" (
    "run_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "holds_until" TIMESTAMPTZ(3),
    "engine" TEXT NOT NULL,
    "horizon" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "grounds" JSON NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "diagnosis_pkey" PRIMARY KEY ("run_id")
);
