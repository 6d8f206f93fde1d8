-- CreateTable
CREATE TABLE "source_hour" (
    "source" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "duplicate" INTEGER NOT NULL DEFAULT 0,
    "noted" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "beats" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "source_hour_pkey" PRIMARY KEY ("source","hour")
);

-- CreateTable
CREATE TABLE "refusal" (
    "id" BIGSERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "refusal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_note" (
    "id" BIGSERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "message_id" UUID NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "source_note_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "refusal_source_id_idx" ON "refusal"("source", "id" DESC);

-- CreateIndex
CREATE INDEX "source_note_source_id_idx" ON "source_note"("source", "id" DESC);
