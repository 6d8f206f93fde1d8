-- CreateTable
CREATE TABLE "listening" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "deaf_from" TIMESTAMPTZ(3),

    CONSTRAINT "listening_pkey" PRIMARY KEY ("id")
);
